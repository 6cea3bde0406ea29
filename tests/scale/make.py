"""A set of disclosures: the fixtures again and again, with other digits in some of them."""

import random
import re
from pathlib import Path


def folder(fixtures, to, count):
    """Fills a folder with so many files, some of them in GB18030, and gives their number."""
    sources = [path for path in sorted(Path(fixtures).glob("*/*.txt")) if path.stat().st_size < 12_000]
    dice = random.Random(1)
    for number in range(count):
        text = sources[number % len(sources)].read_bytes().decode("utf-8", errors="ignore")
        if dice.random() < 0.5:
            text = slipped(text, dice)
        path = to / f"{number % 10}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("gb18030" if number % 9 == 0 else "utf-8"))
    return count


def slipped(text, dice):
    """Another last digit in one amount."""
    amounts = list(re.finditer(r"\d\.\d(\d)", text))
    if not amounts:
        return text
    at = dice.choice(amounts).start(1)
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
