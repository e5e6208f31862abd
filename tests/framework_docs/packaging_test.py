"""The release files of docs/framework/packaging.md: its commands are run."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest
import zipfile

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/framework/packaging.md"


class PackagingPageTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        program = self.folder / "build/terraform-provider-notes"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        commands = next(block for block in re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(), re.S | re.M) if "zip" in block)
        subprocess.run(["bash", "-euc", commands], cwd=self.folder, check=True, capture_output=True)
        self.release = self.folder / "release"

    def test_the_files_are_those_of_the_table(self):
        named = set(re.findall(r"^\| `(terraform-provider-notes_\S+)`", PAGE.read_text(), re.M))
        made = {path.name for path in self.release.iterdir()}
        self.assertEqual(made, {name for name in named if not name.endswith(".sig")})

    def test_the_zip_has_a_program(self):
        with zipfile.ZipFile(self.release / "terraform-provider-notes_0.1.0_linux_amd64.zip") as archive:
            self.assertEqual(archive.namelist(), ["terraform-provider-notes_v0.1.0"])
            self.assertEqual(archive.infolist()[0].external_attr >> 16 & 0o777, 0o755)

    def test_the_manifest_and_the_checksums(self):
        manifest = json.loads((self.release / "terraform-provider-notes_0.1.0_manifest.json").read_text())
        self.assertEqual(manifest, {"version": 1, "metadata": {"protocol_versions": ["6.0"]}})
        sums = self.release / "terraform-provider-notes_0.1.0_SHA256SUMS"
        subprocess.run(["sha256sum", "--check", "--strict", sums.name], cwd=self.release, check=True, capture_output=True)
        self.assertEqual(len(sums.read_text().splitlines()), 2)


if __name__ == "__main__":
    unittest.main()
