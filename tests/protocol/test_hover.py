"""What is shown where the pointer rests."""

import re

import pytest
from lsprotocol import types as lsp
from support import fixtures
from support.fixtures import fixture
from support.places import address

DOCUMENT = fixture("tab/nongye-faulty.txt")
URI = DOCUMENT.uri
FAR = 2**31 - 1


async def test_a_code_of_a_subject_shows_what_it_stands_under(client):
    text = client.open(URI, DOCUMENT.text)
    place = text.find("2080505")
    hover = await client.hover(URI, place.start)
    assert hover.range == place
    assert hover.contents.kind == lsp.MarkupKind.Markdown
    for part in ["2080505", "机关事业单位基本养老保险缴费支出", "社会保障和就业支出", "行政事业单位养老支出"]:
        assert part in hover.contents.value


async def test_a_finding_shows_its_rule_and_what_is_wrong(client):
    text = client.open(URI, DOCUMENT.text)
    for finding in await client.findings(URI, 1):
        hover = await client.hover(URI, finding.range.start)
        shown = hover.contents.value
        assert finding.code in shown
        assert text.at(hover.range) in text.at(finding.range)
        for figure in ["512.52", "521.52"] if finding.code == "AS01" else []:
            assert figure in shown


async def test_a_figure_is_known_from_its_first_to_its_last_digit(counting):
    text = counting.open(URI, DOCUMENT.text)
    place = text.find("326.50", after="部门固定资产占用情况表")
    start = text.offset(place.start)
    for at in range(start, start + len("326.50") + 1):
        hover = await counting.hover(URI, text.position(at))
        assert hover.range == place
        assert "房屋" in hover.contents.value


@pytest.mark.parametrize("name", fixtures.plain())
async def test_what_is_no_disclosure_is_left_alone(editor, name):
    document = fixture(name)
    text = editor.open(document.uri, document.text)
    for number in re.finditer(r"[\d.]+", text.text):
        assert await editor.hover(document.uri, text.position(number.start())) is None
    assert await editor.actions(document.uri, text.all()) == ()


async def test_of_an_ordinary_place_nothing_is_said(client):
    text = client.open(URI, DOCUMENT.text)
    assert await client.hover(URI, text.find("本部门预算实行综合预算管理").start) is None
    assert await client.hover(address("没有打开.txt"), lsp.Position(0, 0)) is None


@pytest.mark.parametrize("line, character", [(FAR, FAR), (FAR, 0), (0, FAR), (99_999, 3)])
async def test_a_place_that_is_not_there_is_answered(counting, line, character):
    counting.open(URI, DOCUMENT.text)
    assert await counting.hover(URI, lsp.Position(line, character)) is None


@pytest.mark.parametrize("formats", [["plaintext"], ["plaintext", "markdown"]])
async def test_a_client_that_wants_plain_text_is_sent_no_markup(start, formats):
    """The order of the formats is the client's preference."""
    wants = lsp.HoverClientCapabilities(content_format=formats)
    capabilities = lsp.ClientCapabilities(text_document=lsp.TextDocumentClientCapabilities(hover=wants))
    client = await start(capabilities)
    text = client.open(URI, DOCUMENT.text)
    for quoted in ["2080505", "512.52"]:
        contents = (await client.hover(URI, text.find(quoted).start)).contents
        assert contents.kind == lsp.MarkupKind.PlainText
        assert quoted in contents.value
        for markup in ["`", "**", "](", "\\", "\n---"]:
            assert markup not in contents.value
