"""Every fixture through the server: what its sidecar owes, and what the command line says of it."""

import pytest
from lsprotocol import types as lsp
from support import fixtures
from support.fixtures import fixture

SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
    "hint": lsp.DiagnosticSeverity.Hint,
}
DISCLOSURES = [name for name in fixtures.names() if name not in fixtures.plain()]
MARKER = fixture("md/tongji.md")


def severe(finding: lsp.Diagnostic) -> bool:
    return finding.severity <= lsp.DiagnosticSeverity.Warning


def as_published(finding: dict) -> dict:
    """A finding of the command line in the words of the wire. That has no field for a rule's name (the hover says it),
    and editors list evidence by its message alone, so that the message quotes the figure first."""
    published = {key: value for key, value in finding.items() if key != "name"}
    related = [one | {"message": f"{one['text']} — {one['message']}"} for one in finding["related"]]
    return published | {"related": related}


async def first_fix(client, uri: str, finding: lsp.Diagnostic) -> str | None:
    """What the preferred fix of a finding, or else the first, writes."""
    actions = [one for one in await client.actions(uri, finding.range, [finding]) if finding in one.diagnostics]
    actions.sort(key=lambda action: not action.is_preferred)
    return "".join(edit.new_text for edit in actions[0].edit.changes[uri]) if actions else None


@pytest.mark.parametrize("name", DISCLOSURES)
async def test_what_is_published_is_what_the_sidecar_owes(counting, name):
    document = fixture(name)
    text = counting.open(document.uri, document.text)
    left = list(await counting.findings(document.uri, 1))
    for owed in document.owed:
        found = [
            one for one in left
            if one.code in owed.rule
            and one.range.start.line + 1 == owed.line
            and text.at(one.range) in owed.text
            and (one.severity == SEVERITY[owed.severity] if owed.severity else severe(one))
        ]
        assert found, f"{owed} is not among {left}"
        left.remove(found[0])
        if owed.fix is not None:
            assert await first_fix(counting, document.uri, found[0]) in owed.fix
    # Information and hints need not be owed.
    assert [one for one in left if severe(one)] == []


@pytest.mark.parametrize("name", DISCLOSURES)
async def test_the_server_says_what_the_command_line_says(counting, name):
    document = fixture(name)
    text = counting.open(document.uri, document.text)

    def place(where: lsp.Range) -> dict:
        """A range as the command line gives it: lines and characters from 1."""
        def ends(position: lsp.Position) -> dict:
            start, _ = text.lines[position.line]
            return {"line": position.line + 1, "column": text.offset(position) - start + 1}

        return {"range": {"start": ends(where.start), "end": ends(where.end)}, "text": text.at(where)}

    def edit(written: dict) -> dict:
        start, end = (lsp.Position(**written["range"][name]) for name in ("start", "end"))
        return {"range": place(lsp.Range(start, end))["range"], "new_text": written["newText"]}

    said = [
        place(one.range) | {
            "rule": one.code,
            "severity": next(word for word, severity in SEVERITY.items() if severity == one.severity),
            "message": one.message,
            "related": [place(info.location.range) | {"message": info.message} for info in one.related_information],
            "fixes": [fix | {"edits": [edit(written) for written in fix["edits"]]} for fix in one.data["fixes"]],
        }
        for one in await counting.findings(document.uri, 1)
    ]
    assert said == [as_published(finding) for finding in fixtures.command_line(name)["findings"]]


@pytest.mark.parametrize("name", fixtures.plain())
async def test_of_what_is_no_disclosure_nothing_is_published(editor, name):
    document = fixture(name)
    editor.open(document.uri, document.text)
    # Documents are read one after another: with the second, the first is done.
    editor.open(MARKER.uri, MARKER.text)
    assert await editor.findings(MARKER.uri, 1) == ()
    assert document.uri not in editor.published
