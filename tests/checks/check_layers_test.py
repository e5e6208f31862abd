"""tools/check_layers.py: what must trip it, and what must not."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parents[2] / "tools/check_layers.py"

LAYERS = """
tfcpp/base:
http: | curl/*
service: http
provider: service
"""
WORDS = """
# A comment that says acme.
service: acme gadget
service tfcpp/base: _seconds
"""
SEAMS = """
<spawn.h> <sys/wait.h>: src/tfcpp/base/process.cc src/tfcpp/base/system.h
<csignal> <sys/socket.h>: tools/local_workspace/main.cc
"HOME": src/tfcpp/base/home.cc
accept4 __linux__:
"""
FAULTS = {
    "an include that points upward": ("src/tfcpp/base/a.h", '#include "http/a.h"', "includes http/a.h, but tfcpp/base may not see http"),
    "somebody else's header": ("src/service/a.cc", "#include <curl/curl.h>", "includes curl/curl.h, which is not service's"),
    "no layer": ("src/other/a.h", "", "folder other is no layer"),
    "a word in a comment": ("src/http/a.h", "\n// As Acme has it.", ":2: says acme, which http must not know"),
    "a word in a text": ("src/http/a.cc", 'return "no ACME here";', ":1: says acme"),
    "a word within a name": ("src/tfcpp/base/a.h", "struct MyGadgets {};", ":1: says gadget, which tfcpp/base must not know"),
    "a word within a text's name": ("src/http/a.cc", 'Find("retry_timeout_seconds");', ":1: says _seconds"),
    "another file that starts programs": ("src/http/a.cc", "\n#include <spawn.h>",
                                          ":2: has <spawn.h>, which is for src/tfcpp/base/process.cc, src/tfcpp/base/system.h"),
    "another file that waits for them": ("src/tfcpp/base/a.h", "# include <sys/wait.h>  // why", ":1: has <sys/wait.h>"),
    "signals in the provider": ("provider/a.cc", "#include <csignal>", ":1: has <csignal>"),
    "sockets elsewhere in the workspace": ("tools/local_workspace/a.cc", "#include <sys/socket.h>", "has <sys/socket.h>"),
    "another file that knows HOME": ("src/http/a.cc", 'Find("HOME")', ':1: has "HOME", which is for src/tfcpp/base/home.cc'),
    "a call that only one system has": ("src/tfcpp/base/process.cc", "int a = accept4(b);", "accept4, which is for no file"),
    "code for one system": ("src/tfcpp/base/process.cc", "#ifdef __linux__", ":1: has __linux__"),
    "a header that nobody knows": ("src/tfcpp/base/process.cc", "#include <sys/inotify.h>",
                                   "includes <sys/inotify.h>, which tools/seams.txt does not know"),
    "a word in a build file": ("src/tfcpp/base/CMakeLists.txt", "library(acme)", ":1: says acme"),
}
GOOD = {
    "a file of a seam": ("src/tfcpp/base/process.cc", "#include <spawn.h>\n#include <sys/wait.h>"),
    "the home folder where it is known": ("src/tfcpp/base/home.cc", 'Find("HOME")'),
    "names that are longer, and comments": ("src/tfcpp/base/a.h", 'int accept4_count;  // accept4 is not for macOS\nF("HOMER");'),
    "headers of the language": ("src/tfcpp/base/a.h", "#include <string>\n#include <cerrno>"),

    "a layer below": ("src/service/a.h", '#include "http/a.h"\n#include "tfcpp/base/b.h"\n#include <string>'),
    "its own header": ("src/http/a.cc", "#include <curl/curl.h>"),
    "a word that only others must not have": ("src/tfcpp/base/a.h", "int kept_seconds;"),
    "a word in the layer that knows it": ("src/service/a.h", "// Acme's gadget_seconds."),
}


class CheckLayersTest(unittest.TestCase):
    def run_on(self, name, text, words=WORDS):
        with tempfile.TemporaryDirectory() as folder:
            for path, content in (("tools/layers.txt", LAYERS), ("tools/words.txt", words), ("tools/seams.txt", SEAMS),
                                  (name, text)):
                path = pathlib.Path(folder, path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content)
            return subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True, check=False)

    def test_finds_what_is_forbidden(self):
        for what, (name, text, fault) in FAULTS.items():
            with self.subTest(what):
                done = self.run_on(name, text)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(fault, done.stdout)

    def test_leaves_what_is_allowed(self):
        for what, (name, text) in GOOD.items():
            with self.subTest(what):
                done = self.run_on(name, text)
                self.assertEqual(done.returncode, 0, done.stdout)

    def test_words_of_a_layer_that_does_not_exist_are_a_mistake(self):
        self.assertIn("no such layers", self.run_on("src/tfcpp/base/a.h", "", "service nosuch: acme").stderr)
        self.assertNotEqual(self.run_on("src/tfcpp/base/a.h", "", "service nosuch: acme").returncode, 0)


if __name__ == "__main__":
    unittest.main()
