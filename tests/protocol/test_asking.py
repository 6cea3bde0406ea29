"""Findings for those who ask for them: of an open document, of a whole folder."""

import asyncio
import json
import subprocess

import pytest
from lsprotocol import types as lsp
from support.places import FIXTURES, GOUJI

ASKING = lsp.ClientCapabilities(
    text_document=lsp.TextDocumentClientCapabilities(
        diagnostic=lsp.DiagnosticClientCapabilities(related_document_support=True)
    ),
    workspace=lsp.WorkspaceClientCapabilities(
        diagnostics=lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
)
LAST = """某县水务局2024年部门预算公开

一、部门预算安排的总体情况
收入说明：2024年，本部门收入预算418.20万元，其中：一般公共预算拨款收入418.20万元。
"""
THIS = """某县水务局2025年部门预算公开

一、部门预算安排的总体情况
2025年预算收支安排430.60万元，较2024年预算428.10万元增加2.50万元。
"""


async def everywhere(client, *known: lsp.PreviousResultId) -> list[lsp.WorkspaceDocumentDiagnosticReport]:
    params = lsp.WorkspaceDiagnosticParams(previous_result_ids=list(known))
    return list((await client.workspace_diagnostic_async(params)).items)


async def of(client, uri: str, known: str | None = None) -> lsp.DocumentDiagnosticReport:
    document = lsp.TextDocumentIdentifier(uri)
    params = lsp.DocumentDiagnosticParams(text_document=document, previous_result_id=known)
    return await client.text_document_diagnostic_async(params)


@pytest.fixture
def folder(tmp_path):
    """Two years of a body, and a text that is no disclosure."""
    (tmp_path / "2024.txt").write_text(LAST, "utf-8")
    (tmp_path / "2025.txt").write_bytes(THIS.encode("gb18030"))
    (tmp_path / "通知.txt").write_text("请各单位按时报送。\n", "utf-8")
    return tmp_path


async def test_who_can_only_ask_is_offered_answers_and_told_nothing(start, folder):
    client = await start(ASKING, folder=folder.as_uri())
    assert client.agreed.capabilities.diagnostic_provider == lsp.DiagnosticOptions(
        identifier="gouji", inter_file_dependencies=True, workspace_diagnostics=True
    )
    uri = (folder / "2025.txt").as_uri()
    client.open(uri, THIS)
    reports = await everywhere(client)
    assert [report.uri for report in reports] == [(folder / name).as_uri() for name in ("2024.txt", "2025.txt")]
    assert [report.version for report in reports] == [None, 1]
    finding, = reports[1].items
    assert (finding.code, finding.severity) == ("YY02", lsp.DiagnosticSeverity.Warning)
    assert finding.related_information[0].location.uri == (folder / "2024.txt").as_uri()
    single = await of(client, uri)
    assert (single.kind, single.items, single.result_id) == ("full", reports[1].items, reports[1].result_id)
    assert (await of(client, uri, single.result_id)).kind == "unchanged"
    known = [lsp.PreviousResultId(report.uri, report.result_id) for report in reports]
    assert {report.kind for report in await everywhere(client, *known)} == {"unchanged"}
    assert not client.published


async def test_what_is_written_is_read_again_and_the_client_made_to_ask(start, folder):
    client = await start(ASKING, folder=folder.as_uri())
    asked = asyncio.Event()

    @client.feature(lsp.WORKSPACE_DIAGNOSTIC_REFRESH)
    def _(_):
        asked.set()

    uri = (folder / "2025.txt").as_uri()
    client.open(uri, THIS)
    assert len((await everywhere(client))[1].items) == 1
    asked.clear()
    (folder / "2024.txt").write_text(LAST.replace("418.20", "428.10"), "utf-8")
    event = lsp.FileEvent((folder / "2024.txt").as_uri(), lsp.FileChangeType.Changed)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
    async with asyncio.timeout(20):
        await asked.wait()
    assert list((await of(client, uri)).items) == []


async def test_a_folder_has_the_findings_that_the_command_line_has(start):
    years = FIXTURES / "years"
    client = await start(ASKING, folder=years.as_uri())
    reports = await everywhere(client)
    done = subprocess.run([GOUJI, "check", "--format", "json", "."], cwd=years, capture_output=True, check=False)
    files = json.loads(done.stdout)["files"]
    said = {
        report.uri.rpartition("/")[2]: [
            (one.code, one.message, one.range.start.line + 1,
             [info.location.uri.rpartition("/")[2] for info in one.related_information])
            for one in report.items
        ]
        for report in reports
    }
    owed = {
        file["path"]: [
            (one["rule"], one["message"], one["range"]["start"]["line"],
             [related.get("path", file["path"]) for related in one["related"]])
            for one in file["findings"]
        ]
        for file in files
    }
    assert said == owed
    assert any(others != [name] * len(others) for name, found in said.items() for *_, others in found)


async def test_in_parts_for_those_who_want_that(start, folder):
    client = await start(ASKING, folder=folder.as_uri())
    parts: list[dict] = []
    client.protocol.progress  # pygls keeps work-done progress only; partial results come as plain notifications.

    @client.feature(lsp.PROGRESS)
    def _(params: lsp.ProgressParams):
        parts.append(params)

    params = lsp.WorkspaceDiagnosticParams(previous_result_ids=[], partial_result_token="part")
    report = await client.workspace_diagnostic_async(params)
    assert list(report.items) == []
    assert [part.token for part in parts] == ["part"]
