"""A place of its own for one run of an editor: a home, a folder with a disclosure, and `gouji` on the PATH as the pages want it."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from page import REPOSITORY

GOUJI = Path(os.environ.get("GOUJI") or REPOSITORY / "target/release/gouji")
ARTEFACTS = Path(os.environ.get("GOUJI_ARTEFACTS") or REPOSITORY / "target/editor-tests")
FIXTURES = REPOSITORY / "fixtures"

# Three findings: NN05 in line 1650, NN07 in line 1652, AS01 in line 2235, whose fix is 521.52.
FAULTY = FIXTURES / "tab/nongye-faulty.txt"
CORRECTED = FAULTY.read_bytes().replace(b"512.52", b"521.52")
assert CORRECTED.count(b"521.52") == FAULTY.read_bytes().count(b"521.52") + 1

LIMIT = 30  # seconds for whatever is waited for; nothing comes near it


def installed(program):
    path = Path(os.environ.get("GOUJI_EDITORS") or REPOSITORY / "target/editors") / program
    assert path.exists(), f"{path} is not installed; editors/tests/run installs it"
    return path


class Place:
    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix="gouji-"))
        self.home = self.path / "home"
        self.folder = self.path / "公开文件"
        programs = self.path / "bin"
        for folder in (self.home, self.folder, programs):
            folder.mkdir()
        (programs / "gouji").symlink_to(GOUJI)
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
        }

    def copy(self, fixture, name):
        return Path(shutil.copyfile(fixture, self.folder / name))

    def write(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def remove(self):
        shutil.rmtree(self.path)


def keep(name, text):
    """Leaves what an editor showed and logged last among the artefacts."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    (ARTEFACTS / name).write_text(text, encoding="utf-8")


def wait(what, condition, explain=lambda: ""):
    """Returns the first true value of `condition`, which is asked again and again."""
    end = time.monotonic() + LIMIT
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {LIMIT} s for {what}\n{explain()}")
        time.sleep(0.02)  # between two looks, not a guess at how long it takes
    return value
