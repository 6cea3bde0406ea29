"""The lines of emacs.md in the real Emacs (see emacs.el), and what is saved."""

import re
import subprocess
import unittest
from pathlib import Path

from page import Page
from place import CORRECTED, FAULTY, FIXTURES, Place, installed, keep

PAGE = Page("emacs")
DRIVER = Path(__file__).with_name("emacs.el")
MARKED = PAGE.lines("init.el", "Attach", "Attach by folder")


def settings():
    lines = PAGE.lines("init.el", "Turn rules off")
    return lines.replace('"XT13"', '"NN07"').replace('"zh"', '"en"')


def lsp_mode():
    """As the page says: the first block without eglot's three lines, and those of lsp-mode."""
    first = next(b for b in PAGE.blocks if b.section == "Attach").text
    *kept, _, _, _ = first.splitlines()
    assert "eglot" not in "\n".join(kept)
    return "\n".join(kept) + "\n" + PAGE.lines("init.el", "lsp-mode")


class Emacs(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.remove)

    def run_test(self, function, file, lines):
        init = self.place.write(self.place.home / ".emacs.d/init.el", lines)
        command = [installed("emacs/emacs"), "--quick", "--batch", "--load", init, "--load", DRIVER]
        call = f'({function} "{file}")'
        done = subprocess.run(
            [*command, "--eval", call],
            env=self.place.environment, cwd=self.place.home, timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        keep(f"{self._testMethodName}.log", done.stdout)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_findings_hover_outline_and_fix_work_with_the_lines_of_the_page(self):
        file = self.place.copy(FAULTY, "2025年部门预算公开.txt")
        self.run_test("test-findings-hover-outline-and-fix", file, PAGE.lines("init.el", "Attach"))
        self.assertEqual(file.read_bytes(), CORRECTED)

    def test_settings_take_effect_at_once(self):
        file = self.place.copy(FAULTY, "2025年部门预算公开.txt")
        self.run_test("test-settings-take-effect-at-once", file, PAGE.lines("init.el", "Attach") + settings())

    def test_settings_hold_from_the_start(self):
        file = self.place.copy(FAULTY, "2025年部门预算公开.txt")
        self.run_test("test-settings-hold-from-the-start", file, PAGE.lines("init.el", "Attach") + settings())

    def test_a_text_file_of_another_name_is_left_alone(self):
        self.run_test("test-left-alone", self.place.copy(FAULTY, "会议记录.txt"), MARKED)

    def test_a_folder_with_a_marker_is_attached(self):
        self.place.write(self.place.folder / "gouji.toml", "")
        self.run_test("test-attached", self.place.copy(FAULTY, "农业农村局.txt"), MARKED)

    def test_markdown_of_such_a_name_is_attached(self):
        file = self.place.copy(FIXTURES / "md/wenlv-faulty.md", "2025年部门预算公开.md")
        self.run_test("test-markdown", file, PAGE.lines("init.el", "Attach"))

    def test_markdown_of_another_name_is_left_alone(self):
        file = self.place.copy(FIXTURES / "md/wenlv-faulty.md", "会议记录.md")
        self.run_test("test-left-alone", file, PAGE.lines("init.el", "Attach"))

    def test_lsp_mode_works_with_the_lines_of_the_page(self):
        file = self.place.copy(FAULTY, "2025年部门预算公开.txt")
        self.run_test("test-lsp-mode", file, lsp_mode())
        self.assertEqual(file.read_bytes(), CORRECTED)


if __name__ == "__main__":
    unittest.main()
