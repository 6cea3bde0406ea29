"""Where things are: the program, the repository's folders, the documents' addresses."""

import os
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "fixtures"
GOUJI = os.environ.get("GOUJI") or str(ROOT / "target" / "release" / "gouji")
ARTEFACTS = Path(os.environ.get("GOUJI_ARTEFACTS") or ROOT / "target" / "editor-tests") / "protocol"

# Escaped as every client escapes it; there is no such folder, so that what is open is all there is.
WORKSPACE = PurePosixPath("/预决算公开").as_uri()


def address(name: str) -> str:
    """The URI of a document in the workspace."""
    return (PurePosixPath("/预决算公开") / name).as_uri()
