"""Every example is planned by a real Terraform against the local workspace; none is passed over, but for those that need
an MLflow server: tests/server/modules_test.py plans them.

A folder below examples/ with *.tf or *.tfquery.hcl files is one example. Variables without a default get a value here;
an example that needs a newer client than the one on this machine says so by required_version, and gets the newest one."""

import pathlib
import re
import shutil
import unittest

import harness
from harness import Case

EXAMPLES = harness.SOURCE / "examples"


def example_folders():
    files = [*EXAMPLES.rglob("*.tf"), *EXAMPLES.rglob("*.tfquery.hcl")]
    folders = {f.parent.relative_to(EXAMPLES) for f in files}
    return sorted(f for f in folders if f.parts[0] != "framework")  # other providers: tests/framework/outside_test.py


def configuration(folder):
    return "\n".join(f.read_text() for f in sorted((EXAMPLES / folder).glob("*.tf")))


def values_of_variables(text):
    """TF_VAR_... for each variable that has no default."""
    found = re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', text, re.M | re.S)
    return {f"TF_VAR_{name}": "1" if "number" in body else f"a-{name}" for name, body in found if "default" not in body}


def imported_ids(text):
    """(model or None, id) of each import block."""
    return re.findall(r'^import \{.*?\bid\s*= "(?:([^"/]+)/)?([^"]+)".*?^\}', text, re.M | re.S)


def needed_version(text):
    match = re.search(r'required_version\s*=\s*">= (\d+)\.(\d+)', text)
    return (int(match[1]), int(match[2])) if match else (1, 6)


class ExamplesTest(Case):
    def test_formatted(self):
        output = self.project.run("fmt", "-check", "-diff", "-recursive", str(EXAMPLES))
        self.assertEqual(output.code, 0, output.text)

    def test_each_says_which_versions_it_needs(self):
        """Of Terraform, and of each provider that it names; of this one, those that have the same interface."""
        for folder in example_folders():
            with self.subTest(str(folder)):
                text = configuration(folder)
                self.assertRegex(text, r'required_version = ">= \d')
                for source in re.findall(r'^ +source += ".*/.*/.*"|^ +source += "\w+/\w+"', text, re.M):
                    if not source.strip().endswith('modules/databricks_mlflow_webhook"'):
                        self.assertRegex(text, re.escape(source) + r'\n +version += "(~> \d+\.\d+|>= \d.*)"')

    def client_for(self, text):
        own = re.search(r"v(\d+)\.(\d+)", self.project.run("version").text)
        enough = (int(own[1]), int(own[2])) >= needed_version(text)
        return harness.main_client() if enough else harness.client_commands()[-1]

    def enter(self, folder, client=None):
        """A project with copies of the examples and modules, so that their relative paths work."""
        project = self.make_project(client or self.client_for(configuration(folder)))
        shutil.copytree(harness.SOURCE / "terraform", project.root / "terraform", symlinks=True)
        shutil.copytree(EXAMPLES, project.root / "examples")
        project.folder = project.root / "examples" / folder
        return project

    def commands(self, project, folder):
        # An import block with `provider` is one whose configuration is to be generated.
        generates = re.search(r"^import \{[^}]*\bprovider\b", configuration(folder), re.M)
        yield ("plan", "-generate-config-out=generated.tf") if generates else ("plan",)
        if list(project.folder.glob("*.tfquery.hcl")):
            yield ("query",)
        if (project.folder / "tests").exists():
            yield ("test",)

    def test_every_example_plans(self):
        folders = [folder for folder in example_folders() if not folder.name.startswith("mlflow_server_")]
        self.assertGreaterEqual(len(folders), 4)
        for folder in folders:
            with self.subTest(str(folder)):
                project = self.enter(folder)
                project.init()
                values = values_of_variables(configuration(folder))
                for model, webhook_id in imported_ids(configuration(folder)):
                    self.workspace.drift(webhook_id, events=["COMMENT_CREATED"], status="ACTIVE",
                                         http_url_spec={"url": "https://example.com"}, model_name=model)
                for command in self.commands(project, folder):
                    output = project.run(*command, **values)
                    self.assertEqual(output.code, 0, output.text)

    def test_a_mock_of_the_provider(self):
        """The mock stands in the guide too, and gives what the provider itself plans."""
        mock = (EXAMPLES / "testing/tests/mocks/mlflow.tfmock.hcl").read_text()
        self.assertIn(mock, (harness.SOURCE / "docs/guides/testing.md").read_text())
        for client in harness.client_commands():
            if [int(n) for n in harness.client_version(client).split(".")[:2]] < [1, 7]:
                continue
            with self.subTest(client):
                self.workspace.forget()
                project = self.enter("testing", client)
                project.init()
                self.assertIn("2 passed, 0 failed", project.run("test").text)
                self.assertEqual(self.workspace.requests(), [])
                # The same tests without the mock.
                tests = project.folder / "tests/webhooks.tftest.hcl"
                tests.write_text(re.sub(r"^mock_provider .*?^}\n", "", tests.read_text(), flags=re.M | re.S))
                self.assertIn("2 passed, 0 failed", project.run("test").text)
                self.assertNotEqual(self.workspace.requests(), [])

    def test_every_example_belongs_to_something_the_provider_has(self):
        """A misspelt folder would be in no page of the documentation."""
        kinds = {"resources", "data-sources", "functions", "actions", "list-resources"}
        pages = {p.relative_to(harness.SOURCE / "docs") for p in (harness.SOURCE / "docs").rglob("*.md")}
        for folder in example_folders():
            kind, *name = folder.parts
            if kind in kinds:
                page = pathlib.Path(kind, (name[0] if kind == "functions" else name[0].removeprefix("mlflow_")) + ".md")
                self.assertTrue(page in pages, f"examples/{folder}")


if __name__ == "__main__":
    unittest.main()
