"""The lines of all pages: every block is of a form its program reads, and says of gouji what settings.toml says."""

import configparser
import json
import os
import re
import subprocess
import unittest

try:
    import tomllib
except ModuleNotFoundError:  # Python before 3.11
    import tomli as tomllib

from page import EDITORS, NAMES, REPOSITORY, Page
from place import GOUJI, installed

PAGES = {name: Page(name) for name in NAMES}
SETTINGS = {s["key"]: s for s in tomllib.loads((EDITORS / "settings.toml").read_text(encoding="utf-8"))["setting"]}
WORDS = SETTINGS["attach.names"]["default"]


def read_ini(text):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return parser


def read_lisp(text):
    """Emacs reads all forms, to the end, and finds no parenthesis too many."""
    read = '(with-temp-buffer (insert (getenv "LINES_OF_PAGE")) (emacs-lisp-mode) (check-parens) (goto-char 1) (while (ignore-error end-of-file (read (current-buffer)))))'
    run([installed("emacs/emacs"), "--quick", "--batch", "--eval", read], env={**os.environ, "LC_ALL": "C.UTF-8", "LINES_OF_PAGE": text})


def read_rust(text):
    run(["rustfmt", "--check", "--edition", "2021", "--config-path", REPOSITORY], input=text)


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, **options)
    assert done.returncode == 0, done.stdout


READERS = {"toml": tomllib.loads, "json": json.loads, "ini": read_ini, "elisp": read_lisp, "rust": read_rust}


def only(blocks):
    (block,) = blocks
    return block.text


def settings_in(value):
    """All that stands below a key `gouji` beside `rules`, wherever an editor wants it."""
    if isinstance(value, dict):
        if "rules" in value.get("gouji", {}):
            yield value["gouji"]
        for below in value.values():
            yield from settings_in(below)


class Pages(unittest.TestCase):
    def test_every_block_is_read_by_what_it_is_for(self):
        for name, page in PAGES.items():
            self.assertTrue(page.blocks, name)
            for block in page.blocks:
                with self.subTest(page=name, line=block.line):
                    READERS[block.language](block.text)

    def test_blocks_for_one_toml_file_are_read_together(self):
        helix = PAGES["helix"]
        sections = list(dict.fromkeys(b.section for b in helix.blocks if b.file == "languages.toml"))
        self.assertEqual(len(tomllib.loads(helix.lines("languages.toml", *sections))["language"]), 3)

    def test_every_page_is_in_chinese_first_and_in_english_after(self):
        for name, page in PAGES.items():
            prose = re.sub(r"```.*?```", "", page.text, flags=re.S)
            paragraphs = [p for p in prose.split("\n\n") if p.strip() and p.strip()[0] not in "#|"]
            chinese = [bool(re.search(r"[，。：；]", p)) for p in paragraphs]
            with self.subTest(page=name):
                self.assertEqual(chinese, [True, False] * (len(paragraphs) // 2))

    def test_files_are_attached_by_the_words_of_the_settings(self):
        helix = tomllib.loads(PAGES["helix"].lines("languages.toml", "Attach"))
        (glob,) = (t["glob"] for t in helix["language"][0]["file-types"])
        self.assertEqual(re.findall(r"\{(.*?)\}", glob)[0].split(","), WORDS)
        emacs = PAGES["emacs"].lines("init.el", "Attach")
        self.assertEqual(re.search(r'"\\\\\(\?:(.*?)\\\\\)\[', emacs)[1].split(r"\\|"), WORDS)
        kate = read_ini(only(b for b in PAGES["kate"].blocks if b.file == "katemoderc"))
        self.assertEqual(kate["预决算公开"]["wildcards"].split(";"), [f"*{w}*" for w in WORDS])

    def test_the_server_is_started_as_it_wants_to_be(self):
        for name, page in PAGES.items():
            with self.subTest(page=name):
                lines = "".join(b.text for b in page.blocks)
                self.assertRegex(lines, r'"gouji"[\s\S]*?"server"')

    def test_settings_have_the_names_and_values_of_the_settings(self):
        places = [
            json.loads(only(b for b in PAGES["zed"].blocks if b.section == "Turn rules off")),
            json.loads(only(b for b in PAGES["kate"].blocks if b.file == "settings.json")),
            tomllib.loads(PAGES["helix"].lines("languages.toml", "Turn rules off")),
        ]
        for place in places:
            (settings,) = settings_in(place)
            self.assertEqual(set(settings), {k.split(".")[0] for k, s in SETTINGS.items() if s["reader"] == "server"})
            for key in ("minSeverity", "locale", "workspace"):
                self.assertIn(settings[key], [v["value"] for v in SETTINGS[key]["values"]])
            for code in settings["rules"]["off"]:
                self.assertRegex(code, SETTINGS["rules.off"]["item"])

    def test_rules_named_on_the_pages_exist(self):
        listed = subprocess.run([GOUJI, "rules"], capture_output=True, text=True, check=True).stdout
        for name, page in PAGES.items():
            for code in re.findall(r'"([A-Z]{2}\d\d)"', page.text):
                with self.subTest(page=name, code=code):
                    self.assertIn(code, listed)

    def test_kate_finds_the_server_for_the_file_type_it_defines(self):
        servers = json.loads(only(b for b in PAGES["kate"].blocks if b.file == "settings.json"))["servers"]
        (server,) = servers.values()
        self.assertEqual(server["command"], ["gouji", "server"])
        (mode,) = read_ini(only(b for b in PAGES["kate"].blocks if b.file == "katemoderc")).sections()
        for name, attached in [(mode, True), ("Markdown", True), ("Normal", False), ("Python", False)]:
            self.assertEqual(bool(re.search(server["highlightingModeRegex"], name)), attached, name)


if __name__ == "__main__":
    unittest.main()
