"""Messages that are cancelled, unknown, or of another form than they should be."""

import asyncio
from contextlib import contextmanager

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams, JsonRpcMethodNotFound, JsonRpcRequestCancelled
from support.client import LIMIT
from support.fixtures import fixture
from support.places import address

DOCUMENT = fixture("tab/nongye-faulty.txt")
# Long enough that its analysis outlasts by far what is sent right behind it.
LONG = fixture("several/liping.txt").text * 6
URI = DOCUMENT.uri
START = lsp.Position(0, 0)


async def answer(asked):
    """The answer to a request that was sent before."""
    async with asyncio.timeout(LIMIT):
        return await asyncio.wrap_future(asked)


async def test_a_cancelled_request_is_answered_as_cancelled_and_the_server_goes_on(editor):
    editor.open(URI, LONG)
    params = lsp.HoverParams(lsp.TextDocumentIdentifier(URI), START)
    asked = editor.protocol.send_request(lsp.TEXT_DOCUMENT_HOVER, params, msg_id="hover-1")
    editor.cancel_request(lsp.CancelParams("hover-1"))
    with pytest.raises(JsonRpcRequestCancelled):
        await answer(asked)
    editor.change(URI, 2, lsp.TextDocumentContentChangeWholeDocument(DOCUMENT.text))
    assert len(await editor.findings(URI, 2)) == 3


async def test_cancelling_what_is_answered_or_was_never_asked_is_passed_over(client):
    client.open(URI, DOCUMENT.text)
    params = lsp.HoverParams(lsp.TextDocumentIdentifier(URI), START)
    await client.protocol.send_request_async(lsp.TEXT_DOCUMENT_HOVER, params, "hover-1")
    for number in ["hover-1", "never", 7]:
        client.cancel_request(lsp.CancelParams(number))
    assert len(await client.symbols(URI)) > 0


async def test_a_request_that_nobody_knows_is_refused_as_such(client):
    for method in ["gouji/unknown", "textDocument/unknown"]:
        with pytest.raises(JsonRpcMethodNotFound):
            await client.ask(method, {"textDocument": {"uri": URI}})
    client.open(URI, DOCUMENT.text)
    assert len(await client.findings(URI, 1)) == 3


async def test_an_unknown_request_of_the_protocols_own_is_refused_too(editor):
    """Notifications that begin with `$/` may be passed over; a request must be answered."""
    with pytest.raises(JsonRpcMethodNotFound):
        await editor.ask("$/unknown", {})


DOCUMENT_ID = lsp.TextDocumentIdentifier(URI)
NOT_OFFERED = {
    "completion": lambda client: client.text_document_completion_async(lsp.CompletionParams(DOCUMENT_ID, START)),
    "definition": lambda client: client.text_document_definition_async(lsp.DefinitionParams(DOCUMENT_ID, START)),
    "rename": lambda client: client.text_document_rename_async(lsp.RenameParams(DOCUMENT_ID, START, "甲")),
    "code lens": lambda client: client.text_document_code_lens_async(lsp.CodeLensParams(DOCUMENT_ID)),
    "resolve": lambda client: client.code_action_resolve_async(lsp.CodeAction("甲")),
    "command": lambda client: client.workspace_execute_command_async(lsp.ExecuteCommandParams("gouji.unknown")),
}


@pytest.mark.parametrize("ask", NOT_OFFERED.values(), ids=NOT_OFFERED.keys())
async def test_a_request_that_is_not_offered_is_refused_as_unknown(editor, ask):
    with pytest.raises(JsonRpcMethodNotFound):
        await ask(editor)


async def test_notifications_that_are_of_no_concern_are_passed_over(client):
    client.open(URI, DOCUMENT.text)
    client.protocol.notify("gouji/unknown", {"a": [1]})
    client.protocol.notify("$/unknown", None)
    client.set_trace(lsp.SetTraceParams(lsp.TraceValue.Verbose))
    client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams("甲"))
    changed = lsp.FileEvent(URI, lsp.FileChangeType.Changed)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
    folder = lsp.WorkspaceFolder(uri=address("另一处"), name="另一处")
    client.workspace_did_change_workspace_folders(
        lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent(added=[folder], removed=[]))
    )
    reason = lsp.TextDocumentSaveReason.Manual
    client.text_document_will_save(lsp.WillSaveTextDocumentParams(DOCUMENT_ID, reason))
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(DOCUMENT_ID))
    assert len(await client.findings(URI, 1)) == 3
    assert len(await client.symbols(URI)) > 0


@contextmanager
def untyped(client):
    """Lets a client send what its types do not allow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client.protocol, "get_message_type", lambda _: None)
        yield client.protocol


@pytest.mark.parametrize("method, params", [
    ("hover", {}), ("hover", {"textDocument": 3}), ("hover", {"textDocument": {"uri": URI}, "position": "0:0"}),
    ("codeAction", {}), ("codeAction", {"textDocument": {"uri": URI}, "range": 1, "context": {}}),
    ("documentSymbol", {}), ("documentSymbol", {"textDocument": {"uri": 3}}),
])
async def test_a_request_of_another_form_is_refused(editor, method, params):
    with untyped(editor) as protocol:
        asked = protocol.send_request(f"textDocument/{method}", params)
    with pytest.raises(JsonRpcInvalidParams):
        await answer(asked)


async def test_notifications_of_another_form_are_logged_and_change_nothing(editor):
    editor.open(URI, DOCUMENT.text)
    before = await editor.findings(URI, 1)
    methods = ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"]
    with untyped(editor) as protocol:
        for method in methods:
            protocol.notify(method, {"textDocument": {"uri": 3}})
    editor.change(URI, 2)
    assert await editor.findings(URI, 2) == before
    assert [line.split(":")[0] for line in editor.complaints()] == methods
    editor.log_messages.clear()
