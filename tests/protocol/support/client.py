"""pytest-lsp's client, stricter, with a memory of what was published and a record of everything that was said."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from lsprotocol import types as lsp
from pytest_lsp import LanguageClient, LanguageClientProtocol
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from . import own, strict
from .places import GOUJI, WORKSPACE
from .text import Text

# Seconds that nothing takes unless something is wrong.
LIMIT = 20


class Protocol(LanguageClientProtocol):
    """The wire: what passes is recorded, what comes in is decoded strictly, and no answer is waited for forever."""

    def set_writer(self, writer, include_headers: bool = True):
        super().set_writer(_Recorder(writer, self._server.conversation), include_headers)

    def structure_message(self, data: dict[str, Any]):
        if "jsonrpc" not in data:
            return data
        self._server.conversation.append("← " + json.dumps(data, ensure_ascii=False))
        message = super().structure_message(data)
        lost = strict.unknown(data, self._converter.unstructure(message))
        assert not lost, f"not in the protocol: {lost}"
        return message

    def get_result_type(self, method: str):
        return own.ANSWERS.get(method) or super().get_result_type(method)

    async def send_request_async(self, method, params=None, msg_id=None):
        async with asyncio.timeout(LIMIT):
            return await super().send_request_async(method, params, msg_id)


class _Recorder:
    """Passes on and writes down what the client says."""

    def __init__(self, writer, conversation: list[str]):
        self.writer, self.conversation = writer, conversation

    def write(self, data: bytes):
        body = json.loads(data.partition(b"\r\n\r\n")[2])
        self.conversation.append("→ " + json.dumps(body, ensure_ascii=False))
        return self.writer.write(data)

    def close(self):
        return self.writer.close()


class Client(LanguageClient):
    """An editor."""

    def __init__(self):
        self.conversation: list[str] = []
        super().__init__(protocol_cls=Protocol, converter_factory=strict.converter)
        remember = {lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: _remember}
        register_lsp_features(self, DEFAULT_CLIENT_FEATURES | remember)
        self.published: dict[str, asyncio.Queue] = defaultdict(asyncio.Queue)
        self.agreed: lsp.InitializeResult | None = None
        self.exit_code: int | None = None

    async def start(self, capabilities: lsp.ClientCapabilities, folder: str = WORKSPACE, **params: Any) -> None:
        """Starts the server in a folder and introduces the client to it."""
        await self.start_io(GOUJI, "server")
        folders = [lsp.WorkspaceFolder(uri=folder, name="预决算公开")]
        self.agreed = await self.initialize_session(
            lsp.InitializeParams(capabilities=capabilities, root_uri=folder, workspace_folders=folders, **params)
        )

    @property
    def encoding(self) -> str:
        """What columns count; UTF-16 where nothing was agreed on."""
        return self.agreed.capabilities.position_encoding or "utf-16"

    def hold(self, text: str) -> Text:
        """A text with positions as agreed on."""
        return Text(text, self.encoding)

    def open(self, uri: str, text: str, version: int = 1) -> Text:
        """Opens a document."""
        item = lsp.TextDocumentItem(uri=uri, language_id="disclosure", version=version, text=text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return self.hold(text)

    def change(self, uri: str, version: int, *changes: lsp.TextDocumentContentChangeEvent) -> None:
        """Changes a document."""
        document = lsp.VersionedTextDocumentIdentifier(version=version, uri=uri)
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, list(changes)))

    def apply(self, uri: str, version: int, text: Text, edits: Sequence[lsp.TextEdit]) -> Text:
        """Applies edits as editors do: to the own text, and told from the last one up, so that none moves another."""
        last_first = sorted(edits, key=lambda edit: text.offset(edit.range.start), reverse=True)
        self.change(uri, version, *[lsp.TextDocumentContentChangePartial(e.range, e.new_text) for e in last_first])
        return self.hold(text.edited(edits))

    def close(self, uri: str) -> None:
        """Closes a document."""
        self.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    def configure(self, settings: Any) -> None:
        """Sends settings."""
        self.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))

    async def findings(self, uri: str, version: int | None) -> Sequence[lsp.Diagnostic]:
        """What is published next of a version of a document; without a version, what is taken back of it."""
        async with asyncio.timeout(LIMIT):
            while True:
                news = await self.published[uri].get()
                if isinstance(news, Exception):
                    raise news
                if news.version == version:
                    return news.diagnostics

    async def hover(self, uri: str, position: lsp.Position) -> lsp.Hover | None:
        """What is known of a place."""
        return await self.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(uri), position))

    async def symbols(self, uri: str) -> Sequence[lsp.DocumentSymbol] | Sequence[lsp.SymbolInformation] | None:
        """The outline of a document."""
        return await self.text_document_document_symbol_async(
            lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri))
        )

    async def actions(
        self,
        uri: str,
        place: lsp.Range,
        diagnostics: Sequence[lsp.Diagnostic] = (),
        only: Sequence[lsp.CodeActionKind | str] | None = None,
    ) -> Sequence[lsp.Command | lsp.CodeAction] | None:
        """What is offered at a place."""
        context = lsp.CodeActionContext(diagnostics=list(diagnostics), only=only)
        return await self.text_document_code_action_async(
            lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), place, context)
        )

    async def ask(self, method: str, params: Any) -> Any:
        """A request that the protocol does not know."""
        return await self.protocol.send_request_async(method, params)

    async def explain(self, code: str) -> own.Explanation | None:
        return await self.ask(own.EXPLAIN, {"code": code})

    async def recognise(self, text: str) -> own.Identity | None:
        return await self.ask(own.RECOGNISE, {"text": text})

    async def coverage(self, uri: str) -> own.Coverage | None:
        return await self.ask(own.COVERAGE, {"textDocument": {"uri": uri}})

    def complaints(self) -> list[str]:
        """What the server said to the user or to the log of things that are not as they should be."""
        said = [*self.messages, *self.log_messages]
        return [one.message for one in said if one.type <= lsp.MessageType.Warning]

    async def leave(self) -> int:
        """Takes leave as the protocol wants it."""
        await self.shutdown_async(None)
        self.exit(None)
        return await self.ended()

    async def ended(self) -> int:
        """The exit code, once the server has ended."""
        async with asyncio.timeout(LIMIT):
            self.exit_code = await self._server.wait()
        return self.exit_code

    def hang_up(self) -> None:
        """Closes the server's input without a word."""
        self._server.stdin.close()

    async def put_away(self) -> None:
        """Ends what is left of the server, however it stands."""
        if self._server is not None:
            if self._server.returncode is None:
                self._server.kill()
            await self.stop()

    async def server_exit(self, server: asyncio.subprocess.Process) -> None:
        await super().server_exit(server)
        self._give_up(RuntimeError(f"the server ended with exit code {server.returncode}"))

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        super().report_server_error(error, source)
        self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        for waiting in self.published.values():
            waiting.put_nowait(error)


def _remember(client: Client, params: lsp.PublishDiagnosticsParams) -> None:
    client.published[params.uri].put_nowait(params)
