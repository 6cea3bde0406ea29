"""Decoding without mercy. cattrs takes "1" for 1 and passes over fields that it does not know; a strict client must do
neither."""

from functools import cache
from typing import Any

from cattrs import Converter
from pygls.protocol import default_converter


@cache
def converter() -> Converter:
    """The protocol's converter, which takes no value for one of another type. One for all clients: what it learns of a
    type on first sight takes longer than a whole test."""
    strict = default_converter()
    for kind in (bool, int, str):
        strict.register_structure_hook(kind, _exactly)
    return strict


def _exactly(value: Any, wanted: type) -> Any:
    """A value of the very type that is wanted; where that is an enumeration, of the type of its members."""
    if type(value) is not next(kind for kind in (bool, int, str) if issubclass(wanted, kind)):
        raise TypeError(f"{value!r} is no {wanted.__name__}")
    return wanted(value)


def unknown(written: Any, understood: Any, path: str = "") -> list[str]:
    """The fields of a message that are missing from it once it was decoded: the protocol does not know them."""
    if isinstance(written, dict) and isinstance(understood, dict):
        lost = [f"{path}/{name}" for name in written if written[name] is not None and name not in understood]
        return lost + [
            deeper for name in written.keys() & understood.keys()
            for deeper in unknown(written[name], understood[name], f"{path}/{name}")
        ]
    if isinstance(written, list) and isinstance(understood, (list, tuple)):
        pairs = zip(written, understood, strict=True)
        return [deeper for one, other in pairs for deeper in unknown(one, other, f"{path}/*")]
    return []
