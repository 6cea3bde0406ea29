"""Documents as the client opens, edits and closes them."""

import pytest
from lsprotocol import types as lsp
from support.fixtures import fixture
from support.places import address

CLEAN, FAULTY = fixture("tab/nongye.txt"), fixture("tab/nongye-faulty.txt")
CRLF = fixture("md/tongji.md"), fixture("md/tongji-faulty.md")
URI = CLEAN.uri


def whole(text: str) -> lsp.TextDocumentContentChangeWholeDocument:
    return lsp.TextDocumentContentChangeWholeDocument(text)


async def findings_of(client, text: str):
    """What is said of a text that is opened with it."""
    uri = address("对照.txt")
    client.open(uri, text)
    findings = await client.findings(uri, 1)
    client.close(uri)
    await client.findings(uri, None)
    return findings


def places(findings):
    """The findings without the document's address."""
    return [(one.code, one.message, one.range, one.data) for one in findings]


async def test_slips_that_are_typed_into_a_clean_document_are_found_and_gone_when_taken_back(client):
    text = client.open(URI, CLEAN.text)
    assert await client.findings(URI, 1) == ()
    slips = text.edits_to(FAULTY.text)
    text = client.apply(URI, 2, text, slips)
    assert text.text == FAULTY.text
    assert places(await client.findings(URI, 2)) == places(await findings_of(client, FAULTY.text))
    text = client.apply(URI, 3, text, text.edits_to(CLEAN.text))
    assert text.text == CLEAN.text
    assert await client.findings(URI, 3) == ()


@pytest.mark.parametrize("clean, faulty", [(CLEAN, FAULTY), CRLF], ids=["lf", "crlf"])
async def test_edits_one_by_one_mean_the_same_as_the_text_they_make(counting, clean, faulty):
    text = counting.open(URI, clean.text)
    await counting.findings(URI, 1)
    for version, edit in enumerate(text.edits_to(faulty.text), 2):
        text = counting.apply(URI, version, text, [edit])
    assert places(await counting.findings(URI, version)) == places(await findings_of(counting, faulty.text))


async def test_characters_outside_the_first_plane_count_as_the_encoding_counts_them(counting):
    text = counting.open(URI, CLEAN.text)
    await counting.findings(URI, 1)
    # One character, two units, four bytes, in front of a figure that is then made wrong.
    place = text.find("固定资产")
    text = counting.apply(URI, 2, text, [lsp.TextEdit(lsp.Range(place.start, place.start), "𠀀𠀁")])
    line = text.text[text.text.index("𠀀𠀁"):].partition("\n")[0]
    figure = text.find("521.52", after="𠀀𠀁")
    assert "521.52" in line
    text = counting.apply(URI, 3, text, [lsp.TextEdit(figure, "512.52")])
    assert places(await counting.findings(URI, 3)) == places(await findings_of(counting, text.text))


async def test_a_whole_text_and_parts_of_it_may_come_in_one_notification(editor):
    text = editor.open(URI, "甲\n乙\n")
    first = lsp.TextDocumentContentChangePartial(text.all(), "丙")
    slips = [
        lsp.TextDocumentContentChangePartial(edit.range, edit.new_text)
        for edit in reversed(editor.hold(CLEAN.text).edits_to(FAULTY.text))
    ]
    editor.change(URI, 2, first, whole(CLEAN.text), *slips)
    assert places(await editor.findings(URI, 2)) == places(await findings_of(editor, FAULTY.text))


async def test_a_client_that_sends_whole_texts_is_understood(editor):
    editor.open(URI, CLEAN.text)
    assert await editor.findings(URI, 1) == ()
    editor.change(URI, 2, whole(FAULTY.text))
    assert len(await editor.findings(URI, 2)) == 3
    editor.change(URI, 3, whole(CLEAN.text))
    assert await editor.findings(URI, 3) == ()


async def test_every_publication_bears_the_version_it_is_about(editor):
    editor.open(URI, CLEAN.text, version=7)
    assert await editor.findings(URI, 7) == ()
    # Versions grow, but not one by one.
    for version, text in [(8, FAULTY), (20, CLEAN), (21, FAULTY)]:
        editor.change(URI, version, whole(text.text))
        assert len(await editor.findings(URI, version)) == len(text.owed)


async def test_closing_takes_the_findings_back_and_opening_again_brings_them(client):
    for _ in range(2):
        client.open(URI, FAULTY.text)
        assert len(await client.findings(URI, 1)) == 3
        client.close(URI)
        assert await client.findings(URI, None) == ()


async def test_two_documents_are_kept_apart(client):
    other = address("另一份.txt")
    client.open(URI, CLEAN.text)
    client.open(other, FAULTY.text)
    assert await client.findings(URI, 1) == ()
    assert len(await client.findings(other, 1)) == 3
    client.change(URI, 2, whole(FAULTY.text))
    client.change(other, 2, whole(CLEAN.text))
    assert len(await client.findings(URI, 2)) == 3
    assert await client.findings(other, 2) == ()
    client.close(other)
    assert await client.findings(other, None) == ()
    assert await client.symbols(other) is None
    assert len(await client.symbols(URI)) > 0
    # What the other offers for comparison may have made it speak again, but of nothing else.
    while not client.published[URI].empty():
        assert len(client.published[URI].get_nowait().diagnostics) == 3


async def test_saving_changes_nothing(editor):
    editor.open(URI, FAULTY.text)
    findings = await editor.findings(URI, 1)
    editor.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(URI), CLEAN.text))
    editor.change(URI, 2, *[])
    assert await editor.findings(URI, 2) == findings
