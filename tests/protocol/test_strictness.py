"""The client itself: it must refuse what it is here to refuse."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from support import own
from support.client import Client
from support.text import Text

START = {"line": 0, "character": 0}
FINDING = {"range": {"start": START, "end": START}, "message": "甲"}
PUBLICATION = {"uri": "file:///a", "version": 1, "diagnostics": [FINDING]}


def publication(**fields):
    """A publication with other fields."""
    return {
        "jsonrpc": "2.0", "method": lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, "params": PUBLICATION | fields,
    }


def test_a_message_of_the_protocol_is_understood():
    params = Client().protocol.structure_message(publication()).params
    assert (params.uri, params.version, params.diagnostics[0].message) == ("file:///a", 1, "甲")


@pytest.mark.parametrize("fields", [
    {"version": "1"}, {"version": True}, {"uri": 1}, {"diagnostics": None}, {"diagnostics": [{"message": "甲"}]},
    {"diagnostics": [FINDING | {"severity": 9}]}, {"diagnostics": [FINDING | {"code_description": {"href": "甲"}}]},
    {"diagnostics": [FINDING | {"codeDescription": {"href": "甲", "title": "乙"}}]},
    {"diagnostics": [FINDING | {"range": {"start": START, "end": START | {"character": -1}}}]}, {"versions": 1},
])
def test_a_message_of_another_form_is_refused(fields):
    with pytest.raises((JsonRpcException, AssertionError)):
        Client().protocol.structure_message(publication(**fields))


@pytest.mark.parametrize("result, understood", [
    (None, True),
    ({"code": "AS01", "name": "甲", "severity": "error", "markdown": "乙"}, True),
    ({"code": "AS01", "name": "甲", "severity": "error"}, False),
    ({"code": "AS01", "name": "甲", "severity": 1, "markdown": "乙"}, False),
    ({"code": "AS01", "name": "甲", "severity": "error", "markdown": "乙", "page": "丙"}, False),
])
def test_answers_to_our_own_requests_are_decoded_as_strictly(result, understood):
    protocol = Client().protocol
    protocol._result_types["1"] = protocol.get_result_type(own.EXPLAIN)
    message = {"jsonrpc": "2.0", "id": "1", "result": result}
    if understood:
        assert isinstance(protocol.structure_message(message), own.ExplainAnswer)
    else:
        with pytest.raises((JsonRpcException, AssertionError)):
            protocol.structure_message(message)


@pytest.mark.parametrize("encoding, width", [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_positions_are_counted_as_the_encoding_counts(encoding, width):
    text = Text("甲\x0c\u2028乙\r\n𠀀丙\r丁\n", encoding)
    assert [line for _, line in text.lines] == ["甲\x0c\u2028乙", "𠀀丙", "丁", ""]
    assert text.find("丙").start == lsp.Position(1, width)
    assert text.at(text.find("𠀀丙\r丁")) == "𠀀丙\r丁"
    for nowhere in [lsp.Position(1, 99), lsp.Position(4, 0)] + [lsp.Position(1, 1)] * (width > 1):
        with pytest.raises((AssertionError, IndexError, UnicodeDecodeError)):
            text.offset(nowhere)


def test_edits_are_applied_all_at_once_and_may_not_overlap():
    text = Text("一二三")
    edits = [lsp.TextEdit(text.find("三"), "叁"), lsp.TextEdit(text.find("一"), "壹、")]
    assert text.edited(edits) == "壹、二叁"
    assert text.edited(text.edits_to("一贰三")) == "一贰三"
    with pytest.raises(AssertionError):
        text.edited([lsp.TextEdit(text.find("一二"), ""), lsp.TextEdit(text.find("二三"), "")])
