"""The fixes that are offered, and what comes of them."""

import pytest
from lsprotocol import types as lsp
from support import strict
from support.fixtures import fixture
from support.places import address

DOCUMENT = fixture("tab/nongye-faulty.txt")
URI = DOCUMENT.uri
FAR = lsp.Position(2**31 - 1, 2**31 - 1)


def changed(action: lsp.CodeAction) -> set[str]:
    """The files that an action changes or makes."""
    if action.edit.document_changes is None:
        return set(action.edit.changes)
    return {one.uri if isinstance(one, lsp.CreateFile) else one.text_document.uri for one in action.edit.document_changes}


def repairs(actions) -> list[lsp.CodeAction]:
    """The actions that mend the document; the others hide a finding by an entry in gouji.toml."""
    return [action for action in actions if changed(action) == {URI}]


def edits_of(action: lsp.CodeAction) -> list[lsp.TextEdit]:
    """The edits of an action, versioned or not. It changes nothing but the document."""
    if action.edit.document_changes is None:
        assert action.edit.changes.keys() == {URI}
        return list(action.edit.changes[URI])
    assert action.edit.changes is None
    [change] = action.edit.document_changes
    assert change.text_document.uri == URI
    return list(change.edits)


async def opened(client):
    """The document, its findings by rule, and all that is offered in it."""
    text = client.open(URI, DOCUMENT.text)
    findings = {one.code: one for one in await client.findings(URI, 1)}
    return text, findings, repairs(await client.actions(URI, text.all()))


def titles(actions, finding: lsp.Diagnostic) -> list[str]:
    return [action.title for action in actions if action.diagnostics == (finding,)]


async def test_an_accepted_fix_writes_the_right_figure_and_its_finding_is_gone(client):
    text, findings, _ = await opened(client)
    finding = findings["AS01"]
    [action] = repairs(await client.actions(URI, finding.range, [finding]))
    assert (action.title, action.kind, action.is_preferred) == ("改为 521.52", lsp.CodeActionKind.QuickFix, True)
    assert action.diagnostics == (finding,)
    edits = edits_of(action)
    assert [(text.at(edit.range), edit.new_text) for edit in edits] == [("512.52", "521.52")]
    client.apply(URI, 2, text, edits)
    assert [one.code for one in await client.findings(URI, 2)] == ["NN05", "NN07"]


async def test_edits_name_their_version_for_clients_that_can_check_it(client):
    text, _, _ = await opened(client)
    workspace = client.capabilities.workspace
    versioned = bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)
    blank = lsp.TextEdit(lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)), "\n")
    client.apply(URI, 5, text, [blank])
    [finding] = [one for one in await client.findings(URI, 5) if one.code == "AS01"]
    [action] = repairs(await client.actions(URI, finding.range))
    assert (action.edit.document_changes is not None) == versioned
    if versioned:
        assert action.edit.document_changes[0].text_document.version == 5


async def test_every_fix_ends_its_finding(editor):
    text, findings, actions = await opened(editor)
    assert len(actions) == 4
    for number, action in enumerate(actions, 1):
        version = 2 * number
        [finding] = action.diagnostics
        fixed = editor.apply(URI, version, text, edits_of(action))
        keys = {one.data["key"] for one in await editor.findings(URI, version)}
        assert keys == {one.data["key"] for one in findings.values()} - {finding.data["key"]}, action.title
        editor.apply(URI, version + 1, fixed, [lsp.TextEdit(fixed.all(), text.text)])
        await editor.findings(URI, version + 1)


async def test_where_the_evidence_does_not_decide_every_fix_is_offered_and_none_preferred(client):
    _, findings, actions = await opened(client)
    assert titles(actions, findings["NN05"]) == ["删去重复的一项"]
    either = ["改为 24.31", "将项目支出增减 36.02 改为 36.20"]
    assert titles(actions, findings["NN07"]) == either
    assert titles(actions, findings["AS01"]) == ["改为 521.52"]
    assert [bool(action.is_preferred) for action in actions] == [True, False, False, True]


async def test_all_that_is_beyond_doubt_is_repaired_at_once(client):
    text, _, _ = await opened(client)
    [action] = await client.actions(URI, text.find("2080505"), only=["source.fixAll"])
    assert (action.title, action.kind) == ("修正依据唯一的全部 2 处", "source.fixAll.gouji")
    client.apply(URI, 2, text, edits_of(action))
    assert [one.code for one in await client.findings(URI, 2)] == ["NN07"]


async def test_a_fix_is_offered_where_it_would_write_too(editor):
    text, findings, _ = await opened(editor)
    other_end = text.find("36.02", after="项目支出增加")
    assert titles(repairs(await editor.actions(URI, other_end)), findings["NN07"]) != []


async def test_what_is_sent_with_a_finding_is_what_is_offered(counting):
    text, findings, actions = await opened(counting)
    write = strict.converter().unstructure
    for finding in findings.values():
        sent = [
            (fix["title"], fix["preferred"], [(edit["range"], edit["newText"]) for edit in fix["edits"]])
            for fix in finding.data["fixes"]
        ]
        offered = [
            (one.title, bool(one.is_preferred), [(write(edit.range), edit.new_text) for edit in edits_of(one)])
            for one in actions if one.diagnostics == (finding,)
        ]
        assert sent == offered


@pytest.mark.parametrize("only, offered", [
    (["quickfix"], 4), ([""], 5), (["refactor", "quickfix"], 4), (None, 4),
    (["refactor"], 0), (["quickfix.gouji"], 0), (["quick"], 0), (["source.organizeImports"], 0),
    (["source.fixAll.gouji"], 1), (["source.fixAll"], 1), (["source"], 1), (["source.fixAll.other"], 0),
])
async def test_a_client_is_offered_the_kinds_it_asks_for(editor, only, offered):
    text = editor.open(URI, DOCUMENT.text)
    assert len(repairs(await editor.actions(URI, text.all(), only=only))) == offered


async def test_where_nothing_is_wrong_nothing_is_offered(client):
    text, _, _ = await opened(client)
    assert await client.actions(URI, text.find("2080505")) == ()
    assert await client.actions(address("没有打开.txt"), text.find("2080505")) is None


async def test_places_that_are_not_there_are_answered(client):
    text, _, actions = await opened(client)
    start = lsp.Position(0, 0)
    assert await client.actions(URI, lsp.Range(FAR, FAR)) == ()
    assert repairs(await client.actions(URI, lsp.Range(start, FAR))) == actions
    assert repairs(await client.actions(URI, lsp.Range(FAR, start))) == actions


async def test_a_finding_is_hidden_by_an_entry_that_the_client_can_make(client):
    text = client.open(URI, DOCUMENT.text)
    [finding] = [one for one in await client.findings(URI, 1) if one.code == "AS01"]
    hiding = [one for one in await client.actions(URI, finding.range, [finding]) if changed(one) != {URI}]
    edit = client.capabilities.workspace and client.capabilities.workspace.workspace_edit
    able = edit and edit.document_changes and lsp.ResourceOperationKind.Create in (edit.resource_operations or ())
    if not able:
        assert hiding == []
        return
    assert [one.title.partition("（")[0] for one in hiding] == ["屏蔽此处 AS01", "此文件不检查 AS01", "本项目不检查 AS01"]
    for action in hiding:
        assert (action.kind, bool(action.is_preferred)) == (lsp.CodeActionKind.QuickFix, False)
        assert changed(action) == {address("gouji.toml")}
        create, change = action.edit.document_changes
        assert isinstance(create, lsp.CreateFile) and create.options == lsp.CreateFileOptions(ignore_if_exists=True)
        [entry] = change.edits
        assert "[[suppress]]" in entry.new_text and 'rule = "AS01"' in entry.new_text
    # As it stands in the editor, saved or not, it is in force.
    client.open(address("gouji.toml"), hiding[0].edit.document_changes[1].edits[0].new_text)
    while "AS01" in [one.code for one in await client.findings(URI, 1)]:
        pass
    assert text.at(finding.range) == "512.52"
