"""What client and server tell each other at the beginning."""

import subprocess

from lsprotocol import types as lsp
from support.places import GOUJI


async def test_the_server_gives_its_name_and_its_version(client):
    version = subprocess.run([GOUJI, "--version"], capture_output=True, check=True, text=True).stdout.split()[-1]
    assert client.agreed.server_info == lsp.ServerInfo(name="gouji", version=version)


async def test_the_encoding_that_a_client_lists_first_is_agreed_on(client):
    general = client.capabilities.general
    listed = general.position_encodings if general else None
    assert client.agreed.capabilities.position_encoding == (listed or ["utf-16"])[0]


async def test_what_is_offered_is_what_this_suite_tests(client):
    """Whoever makes the server offer more adds it here, and a file of tests beside this one."""
    offered = client.agreed.capabilities
    assert offered == lsp.ServerCapabilities(
        position_encoding=offered.position_encoding,
        text_document_sync=lsp.TextDocumentSyncOptions(open_close=True, change=lsp.TextDocumentSyncKind.Incremental),
        hover_provider=True,
        code_action_provider=lsp.CodeActionOptions(code_action_kinds=(lsp.CodeActionKind.QuickFix,)),
        document_symbol_provider=True,
        workspace=lsp.WorkspaceOptions(
            workspace_folders=lsp.WorkspaceFoldersServerCapabilities(supported=True, change_notifications=True)
        ),
        experimental={"gouji": {"explain": True, "recognise": True, "coverage": True, "workspaceDiagnostic": True}},
    )
