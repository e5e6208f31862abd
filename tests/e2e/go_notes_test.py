"""The provider in Go that others are compared with: it does what its schema says, and each of its breaches is one to
Terraform itself."""

import json
import os
import pathlib
import re
import subprocess
import unittest

from harness import PLATFORM, Project, setting

PROVIDER = pathlib.Path(setting("GO_NOTES"))
ADDRESS = "registry.example.com/acme/notes"
CONFIGURATION = """
terraform {
  required_providers {
    notes = { source = "%s" }
  }
}
resource "terraform_data" "first" {}
resource "notes_note" "this" {
%%s
}
""" % ADDRESS
# The body is not known before the apply.
BODY = """
  title = "A note"
  body  = terraform_data.first.id"""

PLAN, APPLY, DESTROY = ("plan", "-detailed-exitcode"), ("apply", "-auto-approve"), ("destroy", "-auto-approve")
INVALID_PLAN = "Provider produced invalid plan"
# By breach: the command that shows it, whether the note was made before, the exit code, and what Terraform says.
BREACHES = {
    "schema-required-and-computed": (PLAN, False, 1, "title: cannot set both Computed and Required"),
    "plan-changes-config": (PLAN, False, 1, INVALID_PLAN),
    "plan-knows-too-much": (PLAN, False, 1, INVALID_PLAN),
    "plan-never-settles": (PLAN, True, 2, "Plan: 0 to add, 1 to change, 0 to destroy"),
    "plan-drops-object": (PLAN, False, 1, "planned for absence but config wants existence"),
    "apply-changes-plan": (APPLY, False, 1, "Provider produced inconsistent result after apply"),
    "apply-leaves-unknown": (APPLY, False, 1, "still indicated an unknown value for notes_note.this.revision"),
    "apply-drops-object": (APPLY, False, 1, "Root object was present, but now absent"),
    "apply-keeps-destroyed": (DESTROY, True, 1, "the provider returned a non-null object"),
    "crash": (APPLY, False, 1, "panic: a breach: crash"),
    "read-changes-type": (PLAN, True, 1, "bool is required"),
    "read-leaves-unknown": (PLAN, True, 1, "The returned state contains unknown values"),
}


class GoNotesTest(unittest.TestCase):
    def make_project(self):
        project = Project(None)
        self.addCleanup(project.close)
        package = project.root / "mirror" / ADDRESS / "0.1.0" / PLATFORM
        package.mkdir(parents=True)
        (package / "terraform-provider-notes_v0.1.0").symlink_to(PROVIDER)
        (project.root / "terraform.rc").write_text(
            f'disable_checkpoint = true\nprovider_installation {{\n  filesystem_mirror {{ path = "{project.root}/mirror" }}\n}}\n')
        return project

    def run_in(self, project, command, code=0, **environment):
        output = project.run(*command, **environment)
        self.assertEqual(output.code, code, output.text)
        return output.flat

    def made(self, project):
        """What the file holds of the only note, and its id."""
        ((found, note),) = json.loads((project.folder / "notes.json").read_text()).items()
        return found, note

    def test_life(self):
        project = self.make_project()
        project.write(CONFIGURATION % '  title = "A note"\n  tags  = ["b", "a"]')
        project.init()
        self.run_in(project, APPLY)
        first, note = self.made(project)
        self.assertEqual(note, {"title": "A note", "body": "", "tags": ["a", "b"], "pinned": False, "revision": 1})
        self.run_in(project, PLAN)
        project.write(CONFIGURATION % '  title  = "A note"\n  tags   = []\n  pinned = true')
        self.assertIn("1 -> (known after apply)", self.run_in(project, PLAN, code=2))
        self.run_in(project, APPLY)
        self.assertEqual(self.made(project),
                         (first, {"title": "A note", "body": "", "tags": [], "pinned": True, "revision": 2}))
        self.run_in(project, ("state", "rm", "notes_note.this"))
        self.run_in(project, ("import", "notes_note.this", first))
        self.run_in(project, PLAN)
        (project.folder / "notes.json").unlink()
        self.assertIn("notes_note.this will be created", self.run_in(project, PLAN, code=2))
        self.run_in(project, APPLY)
        self.run_in(project, DESTROY)
        self.assertEqual(json.loads((project.folder / "notes.json").read_text()), {})

    def test_bad_input(self):
        project = self.make_project()
        project.write(CONFIGURATION % BODY)
        project.init()
        for title, code in (("", 1), ("x" * 201, 1), ("é" * 200, 2)):
            project.write(CONFIGURATION % f'  title = "{title}"')
            text = self.run_in(project, PLAN, code=code)
            self.assertEqual("must be between 1 and 200" in text, code == 1, text)
        (project.folder / "notes.json").write_text("[]")
        self.assertIn("does not hold notes", self.run_in(project, APPLY, code=1))

    def test_breaches(self):
        """One project for all: what each needs is the note, or its absence."""
        project = self.make_project()
        project.write(CONFIGURATION % BODY)
        project.init()
        for breach, (command, exists, code, said) in BREACHES.items():
            with self.subTest(breach):
                for file in ("notes.json", "terraform.tfstate"):
                    (project.folder / file).unlink(missing_ok=True)
                if exists:
                    self.run_in(project, APPLY)
                self.assertIn(said, self.run_in(project, command, code, NOTES_BREACH=breach))

    def test_every_breach_is_in_the_table(self):
        done = subprocess.run([PROVIDER], capture_output=True, text=True, check=False,
                              env={**os.environ, "NOTES_BREACH": "of-nothing"})
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(re.search(r"There are: (.*)", done.stderr).group(1).split(", "), sorted(BREACHES))


if __name__ == "__main__":
    unittest.main()
