"""The lines of helix.md in the real Helix, in a terminal of tmux: what the screen shows and what is saved."""

import subprocess
import unittest

from page import Page
from place import CORRECTED, FAULTY, FIXTURES, Place, installed, keep, wait

PAGE = Page("helix")
ATTACH = PAGE.lines("languages.toml", "Attach")
SETTINGS = PAGE.lines("languages.toml", "Turn rules off").replace('"XT13"', '"NN07"')
FOLDER = PAGE.lines("languages.toml", "Attach by folder")


def written(file):
    """What is on disk; nothing for the moment in which Helix puts the new file in place of the old."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


class Helix(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.remove)
        self.configuration = self.place.home / ".config/helix"
        self.place.write(self.configuration / "languages.toml", ATTACH)
        self.place.write(self.configuration / "config.toml", PAGE.lines("config.toml", "Attach"))

    def append(self, lines):
        with (self.configuration / "languages.toml").open("a", encoding="utf-8") as file:
            file.write("\n" + lines)

    def open(self, file):
        self.socket = self.place.path / "tmux"
        self.log = self.place.home / ".cache/helix/helix.log"
        size = ["-x", "120", "-y", "40"]
        self.tmux("-f", "/dev/null", "new-session", "-d", *size, "-c", str(file.parent), str(installed("helix/hx")), file.name)
        self.addCleanup(self.close)
        self.shows(file.name)

    def close(self):
        keep(f"{self._testMethodName}.pane", self.screen())
        keep(f"{self._testMethodName}.log", self.log.read_text(encoding="utf-8") if self.log.exists() else "")
        self.tmux("kill-server", check=False)

    def tmux(self, *arguments, check=True):
        command = ["tmux", "-S", str(self.socket), *arguments]
        return subprocess.run(command, check=check, env=self.place.environment, capture_output=True, text=True).stdout

    def screen(self):
        return self.tmux("capture-pane", "-p", check=False)

    def shows(self, *texts):
        wait(f"{texts} on the screen", lambda: all(t in self.screen() for t in texts), self.screen)

    def shows_no(self, text):
        wait(f"no {text} on the screen", lambda: text not in self.screen(), self.screen)

    def type(self, keys):
        self.tmux("send-keys", "-l", keys)

    def press(self, key):
        self.tmux("send-keys", key)

    def command(self, line):
        self.type(line)
        self.shows(line)
        self.press("Enter")

    def dismiss(self, text):
        """Escape, and no other key before it has had its effect: two bytes that arrive at once would be Alt and a key."""
        self.press("Escape")
        self.shows_no(text)

    def test_findings_hover_outline_and_fix_work_with_the_lines_of_the_page(self):
        file = self.place.copy(FAULTY, "2025年部门预算公开.txt")
        self.open(file)
        self.shows("● 3")
        for position, finding in [
            (" 1650:", "”18.50万元重复列示"),
            (" 1652:", "收支安排增减 60.33 ≠"),
            (" 2235:", "512.52 应为"),
        ]:
            self.type("]d")
            self.shows(position, finding)
        self.type(" d")
        self.shows("NN05", "NN07", "AS01")
        self.dismiss("NN07")
        self.type(" k")
        self.shows("AS01 资产总额等于四项之和")
        self.dismiss("AS01")
        self.type(" s")
        self.shows("部门预算收支总表", "三、机关运行经费安排情况")
        self.dismiss("机关运行经费")
        self.type(" a")
        self.shows("改为 521.52")
        self.press("Enter")
        self.shows("2235  521.52")
        self.shows_no("512.52 应为")
        self.shows("● 2")
        self.command(":write")
        wait("the file on disk", lambda: written(file) == CORRECTED, self.screen)

    def test_a_rule_is_turned_off_and_the_language_changes(self):
        self.open(self.place.copy(FAULTY, "2025年部门预算公开.txt"))
        self.shows("● 3")
        self.append(SETTINGS.replace('"zh"', '"en"'))
        self.command(":config-reload")
        self.shows("Config refreshed")
        self.command(":lsp-restart")
        self.shows("● 2")
        self.type(" d")
        self.shows("NN05", "18.50 is", "AS01")
        self.assertNotIn("NN07", self.screen())

    def test_a_text_file_of_another_name_is_left_alone(self):
        self.open(self.place.copy(FAULTY, "会议记录.txt"))
        self.type(" k")
        self.shows("No configured language server supports hover")

    def test_markdown_is_attached_beside_the_servers_it_has(self):
        self.open(self.place.copy(FIXTURES / "md/wenlv-faulty.md", "文旅局.md"))
        self.shows("● 4")

    def test_a_folder_with_a_marker_is_attached(self):
        self.append(FOLDER)
        self.place.write(self.place.folder / "gouji.toml", "")
        self.open(self.place.copy(FAULTY, "农业农村局.txt"))
        self.shows("● 3")

    def test_a_folder_without_a_marker_is_left_alone(self):
        self.append(FOLDER)
        self.open(self.place.copy(FAULTY, "农业农村局.txt"))
        self.type(" k")
        self.shows("No configured language server supports hover")

    def test_a_name_that_tells_wins_over_the_folder(self):
        self.append(FOLDER)
        self.open(self.place.copy(FAULTY, "2025年部门预算公开.txt"))
        self.shows("● 3")


if __name__ == "__main__":
    unittest.main()
