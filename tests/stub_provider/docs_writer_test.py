"""The program that tfcpp_docs makes of a provider: what it writes, what it compares, what it refuses."""

import os
import pathlib
import subprocess
import tempfile
import unittest

WRITER = os.environ["DOCS_WRITER"]


class DocsWriterTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.docs = self.folder / "docs"

    def run_writer(self, *arguments):
        return subprocess.run([WRITER, *arguments], capture_output=True, text=True, check=False)

    def pages(self):
        return {path.relative_to(self.docs).as_posix(): path.read_text() for path in self.docs.rglob("*.md")}

    def test_writes_a_page_for_everything(self):
        done = self.run_writer(self.docs)
        self.assertEqual(done.returncode, 0, done.stderr)
        pages = self.pages()
        self.assertEqual(set(pages), {"index.md", "resources/job.md", "resources/mlflow_webhook.md",
                                      "ephemeral-resources/token.md"})
        self.assertIn("# databricks_job (Resource)", pages["resources/job.md"])
        for name, text in pages.items():
            self.assertTrue(text.startswith("---\npage_title: "), name)
            self.assertIn("\n## Schema\n", text, name)

    def test_names_what_has_no_description(self):
        """It is written all the same."""
        done = self.run_writer(self.docs)
        self.assertIn("warning: databricks_job.id has no description\n", done.stderr)
        self.assertIn("- `id` (string)", self.pages()["resources/job.md"])

    def test_checks_and_writes_nothing(self):
        self.run_writer(self.docs)
        done = self.run_writer(self.docs, "--check")
        self.assertEqual((done.returncode, done.stdout), (0, "4 pages are up to date\n"))
        page = self.docs / "resources/job.md"
        page.write_text(page.read_text().replace("## Schema", "## Scheme"))
        (self.docs / "actions").mkdir()
        (self.docs / "actions/gone.md").write_text("old\n")
        before = self.pages()
        done = self.run_writer(self.docs, "--check")
        self.assertEqual(done.returncode, 1)
        self.assertIn("  is     ## Scheme\n  should ## Schema\n", done.stdout)
        self.assertIn("actions/gone.md\n  should not be there\n", done.stdout)
        self.assertEqual(self.pages(), before)
        self.run_writer(self.docs)
        self.assertEqual(self.run_writer(self.docs, "--check").returncode, 0)

    def test_examples_are_all_there_or_named(self):
        examples = self.folder / "examples"
        (examples / "provider").mkdir(parents=True)
        (examples / "provider/provider.tf").write_text("# one\n")
        done = self.run_writer(self.docs, "--examples", examples)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"no example (*.tf) in {examples}/resources/databricks_job\n", done.stderr)
        self.assertIn(f"no example (*.tf) in {examples}/ephemeral-resources/databricks_token\n", done.stderr)
        self.assertNotIn("examples/provider", done.stderr)
        self.assertFalse(self.docs.exists())

    def test_wrong_arguments_show_the_right_ones(self):
        for arguments in ((), ("--check",), (self.docs, "--exmaples", "x"), (self.docs, "--examples"), (self.docs, "more"),
                          ("-h",)):
            with self.subTest(arguments=arguments):
                done = self.run_writer(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn("usage: PROGRAM OUTPUT", done.stderr)


if __name__ == "__main__":
    unittest.main()
