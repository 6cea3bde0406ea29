"""The outline, nested and flat."""

from itertools import pairwise

import pytest
from lsprotocol import types as lsp
from support import fixtures, recorded
from support.fixtures import fixture
from support.places import address
from support.text import UNITS

DOCUMENT = fixture("tab/nongye-faulty.txt")
SEVERAL = fixture("several/liping.txt")
URI = DOCUMENT.uri
KINDS = {lsp.SymbolKind.Namespace, lsp.SymbolKind.Struct, lsp.SymbolKind.Object}


def nested(client) -> bool:
    """Whether a client says that it can show nested symbols."""
    document = client.capabilities.text_document
    symbols = document and document.document_symbol
    return bool(symbols and symbols.hierarchical_document_symbol_support)


def within(inner: lsp.Range, outer: lsp.Range) -> bool:
    return outer.start <= inner.start <= inner.end <= outer.end


def walk(symbols):
    """Every symbol below, in order."""
    for symbol in symbols:
        yield symbol
        yield from walk(symbol.children or [])


async def test_a_client_gets_symbols_of_the_form_that_it_can_show(client):
    client.open(URI, DOCUMENT.text)
    symbols = await client.symbols(URI)
    form = lsp.DocumentSymbol if nested(client) else lsp.SymbolInformation
    assert symbols and all(isinstance(symbol, form) for symbol in symbols)
    assert {symbol.kind for symbol in (walk(symbols) if nested(client) else symbols)} <= KINDS


@pytest.mark.parametrize("encoding", UNITS)
async def test_an_entry_holds_its_title_and_what_is_below_it(start, encoding):
    symbols = lsp.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True)
    client = await start(recorded.counting(encoding, symbols))
    for document in [DOCUMENT, SEVERAL]:
        text = client.open(document.uri, document.text)
        symbols = await client.symbols(document.uri)
        assert len(list(walk(symbols))) > 10
        for symbol in walk(symbols):
            assert symbol.name.strip()
            assert within(symbol.selection_range, symbol.range)
            assert symbol.name in text.at(symbol.selection_range)
            for child in symbol.children:
                assert within(child.range, symbol.range), (symbol.name, child.name)
        for siblings in [symbols, *[symbol.children for symbol in walk(symbols)]]:
            for one, following in pairwise(siblings):
                assert one.range.end <= following.range.start, (one.name, following.name)


async def test_flat_symbols_are_the_nested_ones_with_their_containers(editor, start):
    flat = await start()
    assert nested(editor) and not nested(flat)
    for client in [editor, flat]:
        client.open(URI, DOCUMENT.text)

    def flattened(symbols, container=None):
        for one in symbols:
            yield one.name, one.kind, lsp.Location(URI, one.range), container
            yield from flattened(one.children, one.name)

    listed = [(one.name, one.kind, one.location, one.container_name) for one in await flat.symbols(URI)]
    assert listed == list(flattened(await editor.symbols(URI)))


async def test_the_tables_of_a_disclosure_are_in_its_outline(editor):
    editor.open(URI, DOCUMENT.text)
    names = {symbol.name for symbol in walk(await editor.symbols(URI))}
    assert {"部门预算收支总表", "部门固定资产占用情况表"} <= names


async def test_what_is_not_open_has_no_outline(client):
    assert await client.symbols(address("没有打开.txt")) is None


@pytest.mark.parametrize("name", fixtures.plain())
async def test_what_is_no_disclosure_has_an_empty_outline(editor, name):
    document = fixture(name)
    editor.open(document.uri, document.text)
    assert not await editor.symbols(document.uri)


async def test_the_outline_follows_the_edits(editor):
    text = editor.open(URI, DOCUMENT.text)
    title = text.find("部门预算收支总表")
    editor.apply(URI, 2, text, [lsp.TextEdit(lsp.Range(title.start, title.start), "\n\n")])
    [moved] = [one for one in walk(await editor.symbols(URI)) if one.name == "部门预算收支总表"]
    assert moved.selection_range.start.line == title.start.line + 2
