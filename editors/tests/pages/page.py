"""The pages about editors, as the tests read them: the fenced blocks of a page with the file each is to be pasted into."""

import re
from dataclasses import dataclass
from pathlib import Path

EDITORS = Path(__file__).resolve().parents[2]
REPOSITORY = EDITORS.parent
NAMES = ["helix", "zed", "emacs", "kate"]


@dataclass
class Block:
    language: str  # of the info string: toml, json, ...
    file: str  # title="...": the file the lines go into
    section: str  # the English half of the heading above
    line: int  # of the opening fence
    text: str


class Page:
    def __init__(self, name):
        self.path = EDITORS / f"{name}.md"
        self.text = self.path.read_text(encoding="utf-8")
        self.blocks = list(blocks(self.text))

    def lines(self, file, *sections):
        """What a reader has in `file` who pasted its blocks of these sections, one after the other."""
        found = [b for s in sections for b in self.blocks if (b.file, b.section) == (file, s)]
        missing = set(sections) - {b.section for b in found}
        assert not missing, f"{self.path.name} has no lines for {file} under {missing}"
        return "\n".join(b.text for b in found)


def blocks(text):
    section, block = "", None
    for number, line in enumerate(text.splitlines(), 1):
        if block is None:
            if heading := re.match(r"#+ (?:.* · )?(.*)", line):
                section = heading[1]
            elif fence := re.match(r"```(.*)", line):
                info = re.fullmatch(r'(\w+) title="([^"]+)"', fence[1])
                assert info, f'line {number}: a block needs an info string such as ```toml title="languages.toml"'
                block = Block(info[1], info[2], section, number, "")
        elif line == "```":
            yield block
            block = None
        else:
            block.text += line + "\n"
    assert block is None, "a block is not closed"
