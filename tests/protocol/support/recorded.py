"""The capabilities of real clients as pytest-lsp ships them, recorded from these clients, and those of a client that
says nothing of itself."""

from functools import cache
from importlib import resources

from lsprotocol import types as lsp
from pytest_lsp import client_capabilities

SILENT = "silent"


def names() -> list[str]:
    """All of them: `neovim@v0.11.0`."""
    files = (file.name for file in resources.files("pytest_lsp.clients").iterdir())
    return sorted(name.removesuffix(".json").replace("_v", "@v") for name in files if name.endswith(".json")) + [SILENT]


@cache
def capabilities(name: str) -> lsp.ClientCapabilities:
    """What a client says that it can do."""
    return lsp.ClientCapabilities() if name == SILENT else client_capabilities(name)


def counting(
    encoding: str, symbols: lsp.DocumentSymbolClientCapabilities | None = None
) -> lsp.ClientCapabilities:
    """A client that knows one position encoding and takes all that a finding can have."""
    everything = lsp.PublishDiagnosticsClientCapabilities(
        related_information=True, code_description_support=True, data_support=True, version_support=True
    )
    return lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(position_encodings=[encoding]),
        text_document=lsp.TextDocumentClientCapabilities(publish_diagnostics=everything, document_symbol=symbols),
    )
