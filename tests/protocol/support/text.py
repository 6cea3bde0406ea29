"""A document as an editor holds it, with positions in the encoding agreed on. Written from the specification, not from
the server: a position that is not there, or that cuts a character in two, is an error here and not clamped."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from lsprotocol import types as lsp

# How each position encoding writes a text, and the bytes of one unit.
UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
# The protocol's line ends. Form feeds and the other separators of Unicode end no line.
LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")


class Text:
    """A text and its lines."""

    def __init__(self, text: str, encoding: str = "utf-16"):
        self.text = text
        self.codec, self.unit = UNITS[encoding]
        # Offset and contents of each line; a text that ends with a line end has an empty last line.
        self.lines: list[tuple[int, str]] = []
        at = 0
        while True:
            match = LINE.match(text, at)
            self.lines.append((at, match[1]))
            if not match[2]:
                break
            at = match.end()

    def offset(self, position: lsp.Position) -> int:
        """The place of a position, in characters from the beginning."""
        start, line = self.lines[position.line]
        units = line.encode(self.codec)
        end = position.character * self.unit
        assert end <= len(units), f"{position} is behind the end of its line"
        return start + len(units[:end].decode(self.codec))

    def position(self, offset: int) -> lsp.Position:
        """The position of a place."""
        number = bisect_right(self.lines, offset, key=lambda line: line[0]) - 1
        start, line = self.lines[number]
        assert offset <= start + len(line), "inside a line end"
        return lsp.Position(number, len(line[: offset - start].encode(self.codec)) // self.unit)

    def at(self, place: lsp.Range) -> str:
        """The text of a range."""
        start, end = self.offset(place.start), self.offset(place.end)
        assert start <= end, f"{place} ends before it begins"
        return self.text[start:end]

    def range(self, start: int, end: int) -> lsp.Range:
        """The range between two places."""
        return lsp.Range(self.position(start), self.position(end))

    def find(self, quoted: str, after: str = "") -> lsp.Range:
        """The range of a quoted text, the first one behind another text."""
        start = self.text.index(quoted, self.text.index(after))
        return self.range(start, start + len(quoted))

    def all(self) -> lsp.Range:
        """The range of everything."""
        return self.range(0, len(self.text))

    def edited(self, edits: Iterable[lsp.TextEdit]) -> str:
        """The text after edits as a client applies them: all at once, none over another."""
        places = [(self.offset(edit.range.start), self.offset(edit.range.end), edit.new_text) for edit in edits]
        places.sort(key=lambda place: place[:2])
        assert all(one[1] <= following[0] for one, following in pairwise(places)), "edits overlap"
        text = self.text
        for start, end, new in reversed(places):
            text = text[:start] + new + text[end:]
        return text

    def edits_to(self, other: str) -> list[lsp.TextEdit]:
        """The edits, one for each line that differs, that make of this text another with as many lines."""
        theirs = Text(other)
        return [
            lsp.TextEdit(self.range(start, start + len(line)), new)
            for (start, line), (_, new) in zip(self.lines, theirs.lines, strict=True)
            if line != new
        ]
