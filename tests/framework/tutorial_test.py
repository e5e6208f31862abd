"""The tutorial, word by word: its files are written, its commands are run, and what it says that they print is looked for."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["FRAMEWORK_BUILD"])
TUTORIAL = SOURCE / "docs/framework/tutorial.md"
BLOCK = re.compile(r"^```(\w+) ?(.*)\n((?:.*\n)*?)```$", re.M)


def plain(text):
    """Without colours and the frames that Terraform draws, and with single blanks: columns move with the longest name."""
    return re.sub(r"[\s│╷╵]+", " ", re.sub(r"\x1b\[[0-9;]*m", "", text))


class TutorialTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="tutorial-")))
        self.home = self.folder / "home"
        self.project = self.folder / "pages"
        self.project.mkdir()
        self.environment = {**os.environ, "HOME": str(self.home), "NO_COLOR": "1", "CHECKPOINT_DISABLE": "1"}

    def shell(self, commands):
        return subprocess.run(["bash", "-e"], input=commands, cwd=self.project, env=self.environment, text=True,
                              check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run_block(self, kind, more, text, before):
        """Gives what is printed; `before` is what the last command printed."""
        if kind == "sh" and more == "install":  # the build is the one that is tested
            self.assertIn("cmake --install build/release --component tfcpp --prefix ~/.local", text)
            return self.shell(f"cmake --install {BUILD} --component tfcpp --prefix ~/.local").stdout
        if kind == "sh":
            for line in re.findall(r"^export (\w+)=\$PWD/(.*)$", text, re.M):  # one shell for each block here
                self.environment[line[0]] = str(self.project / line[1])
            done = self.shell(text)
            self.assertEqual(done.returncode != 0, more == "fails", done.stdout)
            return done.stdout
        if kind == "output":
            for line in text.splitlines():
                self.assertIn(plain(line).strip(), plain(before))
            return ""
        self.assertTrue(more, f"a block of {kind} without a file's name")
        (self.project / more).write_text(text)
        return before

    def test_word_by_word(self):
        blocks = BLOCK.findall(TUTORIAL.read_text())
        self.assertGreater(len(blocks), 15)
        printed = ""
        for kind, more, text in blocks:
            with self.subTest(f"{kind} {more}: {text[:60]}"):
                printed = self.run_block(kind, more, text, printed)
        self.assertEqual({"CMakeLists.txt"}, {path.name for path in self.project.glob("*.txt")}, "destroyed")


if __name__ == "__main__":
    unittest.main()
