"""A provider with mistakes of its author tells all of them when it is started, and serves nobody. Usage: unsound_test.py
PROVIDER [unittest options]"""

import os
import subprocess
import sys
import unittest

PROVIDER = sys.argv.pop(1)
MISTAKES = """\
terraform-provider-unsound cannot be served. Its author is to mend:
  provider: it has no function configure
  provider: host occurs twice
  resource unsound_thing: size has a default of another type: it must be a number, but is a string
  resource unsound_thing: color has a default, but is not optional and computed
"""


def run(*arguments, **variables):
    return subprocess.run([PROVIDER, *arguments], env={**os.environ, **variables}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60)


class UnsoundTest(unittest.TestCase):
    def test_all_mistakes_are_told_however_it_is_started(self):
        cookie = {"TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
                  "PLUGIN_PROTOCOL_VERSIONS": "6"}
        for arguments, variables in (([], {}), ([], cookie), (["-debug"], {})):
            with self.subTest(arguments=arguments, variables=variables):
                done = run(*arguments, **variables)
                # Standard output is the client's: no handshake.
                self.assertEqual((done.returncode, done.stdout, done.stderr), (1, "", MISTAKES))

    def test_help_and_version_are_there_all_the_same(self):
        for argument in ("--help", "--version"):
            self.assertEqual(run(argument).returncode, 0)


if __name__ == "__main__":
    unittest.main()
