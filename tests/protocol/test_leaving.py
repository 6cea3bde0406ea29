"""How the server ends."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidRequest
from support.fixtures import fixture

DOCUMENT = fixture("tab/nongye-faulty.txt")
# Long enough that the server is at work when it is told to end.
LONG = fixture("several/liping.txt").text * 6


async def test_after_shutdown_the_server_exits_with_code_0(client):
    client.open(DOCUMENT.uri, DOCUMENT.text)
    await client.findings(DOCUMENT.uri, 1)
    assert await client.leave() == 0


async def test_without_shutdown_the_server_exits_with_code_1(client):
    client.exit(None)
    assert await client.ended() == 1


async def test_the_end_of_the_input_ends_the_server(client):
    client.hang_up()
    assert await client.ended() == 1


@pytest.mark.parametrize("orderly", [True, False], ids=["exit", "end of input"])
async def test_a_server_at_work_ends_all_the_same(editor, orderly):
    editor.open(DOCUMENT.uri, LONG)
    if orderly:
        assert await editor.leave() == 0
    else:
        editor.hang_up()
        assert await editor.ended() == 1


async def test_after_shutdown_nothing_is_answered_but_exit(editor):
    editor.open(DOCUMENT.uri, DOCUMENT.text)
    await editor.shutdown_async(None)
    with pytest.raises(Exception) as refused:
        await editor.hover(DOCUMENT.uri, lsp.Position(0, 0))
    assert refused.value.code == JsonRpcInvalidRequest.CODE
    editor.exit(None)
    assert await editor.ended() == 0
