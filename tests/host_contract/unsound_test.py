"""A provider with mistakes of its author tells all of them: when somebody starts it, and where Terraform does. Usage:
unsound_test.py PROVIDER [unittest options]"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROVIDER = sys.argv.pop(1)
MISTAKES = """\
terraform-provider-unsound cannot be served. Its author is to mend:
  provider: it has no function configure
  provider: host occurs twice
  resource unsound_thing: size has a default of another type: it must be a number, but is a string
  resource unsound_thing: color has a default, but is not optional and computed
"""
MAIN = """
terraform {
  required_providers {
    unsound = { source = "registry.example.com/acme/unsound" }
  }
}
resource "unsound_thing" "this" {}
"""


def run(*arguments, **variables):
    return subprocess.run([PROVIDER, *arguments], env={**os.environ, **variables}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60)


class UnsoundTest(unittest.TestCase):
    def test_all_mistakes_are_told_to_whoever_starts_it(self):
        for arguments in ([], ["-debug"]):
            with self.subTest(arguments=arguments):
                done = run(*arguments)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (1, "", MISTAKES))

    def test_all_mistakes_are_told_by_terraform(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "main.tf").write_text(MAIN)
            (folder / "terraform-provider-unsound").symlink_to(pathlib.Path(PROVIDER).resolve())
            (folder / "terraform.rc").write_text(
                f'provider_installation {{\n  dev_overrides {{ "registry.example.com/acme/unsound" = "{folder}" }}\n}}\n')
            done = subprocess.run(["terraform", "plan", "-no-color"], cwd=folder, stdout=subprocess.PIPE, timeout=100,
                                  stderr=subprocess.STDOUT, text=True, check=False,
                                  env={**os.environ, "TF_CLI_CONFIG_FILE": str(folder / "terraform.rc")})
        told = re.sub(r"[\s│╷╵]+", " ", done.stdout)
        self.assertNotEqual(done.returncode, 0)
        for mistake in MISTAKES.splitlines()[1:]:
            self.assertIn(mistake.strip(), told)

    def test_help_and_version_are_there_all_the_same(self):
        for argument in ("--help", "--version"):
            self.assertEqual(run(argument).returncode, 0)


if __name__ == "__main__":
    unittest.main()
