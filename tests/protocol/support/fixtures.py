"""The fixtures, what their sidecars owe (read as `tests/src/expect.rs` reads them), and what the command line says."""

import json
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from .places import FIXTURES, GOUJI, address


@attrs.define
class Owed:
    """A finding that a fixture owes. Where several texts are given, any of them will do."""

    rule: list[str]
    text: list[str]
    line: int
    # Where none is given, an error or a warning.
    severity: str | None = None
    # What the preferred fix, or else the first, puts there; where none is given, any fix or none will do.
    fix: list[str] | None = None


@attrs.define
class Fixture:
    """A document of the repository."""

    name: str
    text: str
    owed: list[Owed]
    coverage: dict[str, int] | None

    @property
    def uri(self) -> str:
        return address(self.name)


@cache
def names() -> list[str]:
    """Every file that has an `.expect.toml` beside it and is checked by itself."""
    files = (path for path in FIXTURES.rglob("*") if path.with_suffix(".expect.toml").is_file())
    files = (path for path in files if "beside" not in path.with_suffix(".expect.toml").read_text("utf-8"))
    return sorted(str(path.relative_to(FIXTURES)) for path in files if not path.name.endswith(".expect.toml"))


def plain() -> list[str]:
    """Those that are no disclosures."""
    return [name for name in names() if name.startswith("plain/")]


@cache
def fixture(name: str) -> Fixture:
    """A fixture by its path in the folder."""
    path = FIXTURES / name
    expected = tomllib.loads(path.with_suffix(".expect.toml").read_text("utf-8"))
    known = {"finding", "coverage"}
    assert expected.keys() <= known, f"{name}: {expected.keys() - known}"
    return Fixture(name, _decoded(path), [_owed(one) for one in expected.get("finding", [])], expected.get("coverage"))


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _owed(entry: dict[str, Any]) -> Owed:
    entry = {"rule" if key == "rules" else key: value for key, value in entry.items()}
    several = {key: [entry[key]] if isinstance(entry[key], str) else entry[key]
               for key in ("rule", "text", "fix") if key in entry}
    return Owed(**entry | several)


@cache
def command_line(name: str, language: str = "zh") -> dict[str, Any]:
    """What `gouji check --format json` says of a fixture."""
    command = [GOUJI, "check", "--lang", language, "--format", "json", FIXTURES / name]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return json.loads(done.stdout)["files"][0]
