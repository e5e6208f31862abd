"""The modules for an MLflow server, the examples, and README's configuration, with a real server."""

import re
import shutil
import unittest

from servers import HEAD, ServerCase
import harness  # after servers, which says where it is
from harness import client_commands

MODULES = harness.SOURCE / "terraform/modules"
EXAMPLES = harness.SOURCE / "examples"
OF_A_SERVER = ("mlflow_server_webhook", "mlflow_server_webhook_wo")
CANARY = "c4n4ry"


def examples():
    """Those that need a server."""
    return sorted({file.parent for pattern in ("*.tf", "*.tfquery.hcl") for file in EXAMPLES.rglob(pattern)
                   if "mlflow_server_webhook" in file.parent.name})


class ModulesTest(ServerCase):
    def copy(self, project, folder):
        """The repository's modules and examples in a project, so that their relative paths work; it stands in one of them."""
        for name in ("terraform", "examples"):
            shutil.copytree(harness.SOURCE / name, project.root / name)
        project.folder = project.root / folder

    def test_module_tests(self):
        for module in OF_A_SERVER:
            with self.subTest(module):
                project = self.make_project()
                self.copy(project, f"terraform/modules/{module}")
                project.init()
                self.assertEqual(project.run("validate").code, 0)
                output = project.run("test")
                self.assertEqual(output.code, 0, output.text)
                self.assertIn("0 failed", output.text)
                self.assertEqual(self.server.webhooks(), [])

    def call(self, module, **inputs):
        lines = "".join(f"  {name} = {value}\n" for name, value in inputs.items())
        outputs = "".join(f'output "{name}" {{\n  value = module.m.{name}\n}}\n' for name in
                          ("webhook_id", "webhook_status", "webhook_events", "webhook_url", "created_at", "updated_at"))
        self.project.write(f'{HEAD}variable "secret" {{\n  default   = null\n  ephemeral = {str(module[-3:] == "_wo").lower()}\n}}\n'
                           f'module "m" {{\n  source = "../terraform/modules/{module}"\n{lines}}}\n{outputs}')
        self.project.init()

    def test_life(self):
        shutil.copytree(harness.SOURCE / "terraform", self.project.root / "terraform")
        for module, secret in (("mlflow_server_webhook", "secret"), ("mlflow_server_webhook_wo", "secret_wo")):
            with self.subTest(module):
                inputs = {"name": '"m"', "url": '"https://example.com/a"', secret: "var.secret"}
                self.call(module, **inputs)
                self.apply(TF_VAR_secret=CANARY)
                outputs = {name: value["value"] for name, value in self.project.state()["outputs"].items()}
                made = self.server.only()
                self.assertEqual(outputs["webhook_id"], made["webhook_id"])
                self.assertEqual((outputs["webhook_status"], outputs["webhook_events"], outputs["webhook_url"]),
                                 ("ACTIVE", ["model_version.created"], "https://example.com/a"))
                self.assert_plan_is_empty(TF_VAR_secret=CANARY)
                if module.endswith("_wo"):
                    self.assertNotIn(CANARY, (self.project.folder / "terraform.tfstate").read_text())
                self.call(module, **inputs, status='"DISABLED"', description='"d"', events='["prompt.created"]')
                self.apply(TF_VAR_secret=CANARY)
                changed = self.server.only()
                self.assertEqual((changed["webhook_id"], changed["status"], changed["description"], changed["events"]),
                                 (made["webhook_id"], "DISABLED", "d", [{"entity": "PROMPT", "action": "CREATED"}]))
                self.assertEqual(self.project.run("destroy", "-auto-approve", TF_VAR_secret=CANARY).code, 0)

    def test_null_of_every_input_counts_as_its_default(self):
        shutil.copytree(harness.SOURCE / "terraform", self.project.root / "terraform")
        for module in OF_A_SERVER:
            inputs = re.findall(r'^variable "(\w+)"', (MODULES / module / "variables.tf").read_text(), re.MULTILINE)
            self.assertGreater(len(inputs), 6)
            for name in inputs:
                with self.subTest(module=module, name=name):
                    self.call(module, **{"name": '"m"', "url": '"https://example.com"', name: "null"})
                    if name == "name" or (module, name) == ("mlflow_server_webhook", "url"):
                        self.assertIn(f"module.m.var.{name}", self.refuse("plan"))
                    elif name == "url":  # beside url_wo no input of its own has to be there, one of the two has
                        self.assertIn("Set exactly one of url and url_wo", self.refuse("plan"))
                    else:
                        self.assertIn("1 to add", self.plan().flat)

    def test_a_url_that_is_sensitive(self):
        shutil.copytree(harness.SOURCE / "terraform", self.project.root / "terraform")
        self.call("mlflow_server_webhook", name='"m"', url='sensitive("https://example.com/canary-path")')
        text = (self.project.folder / "main.tf").read_text()
        self.assertIn("webhook_url", self.refuse("plan"))  # the root's output has to say that it is sensitive
        self.project.write(text.replace("value = module.m.webhook_url", "value = module.m.webhook_url\n  sensitive = true"))
        self.assertNotIn("canary-path", self.plan().text)
        self.assertNotIn("canary-path", self.apply().text)

    def test_every_example(self):
        self.assertGreaterEqual(len(examples()), 4)
        for folder in examples():
            with self.subTest(folder.name):
                text = "".join(file.read_text() for file in sorted(folder.glob("*.tf")))
                newest = "required_version" in text
                project = self.make_project(client_commands()[-1] if newest else None)
                self.copy(project, folder.relative_to(harness.SOURCE))
                # The ids of imports are those of webhooks that exist.
                for file in project.folder.glob("*.tf"):
                    file.write_text(re.sub(r'(\bid\s*= )"[0-9a-f-]{36}"',
                                           lambda m: f'{m[1]}"{self.server.create()}"', file.read_text()))
                project.init()
                generates = re.search(r"^import \{[^}]*\bprovider\b", text, re.M)
                commands = [("plan", "-generate-config-out=generated.tf") if generates else ("plan",)]
                if list(project.folder.glob("*.tfquery.hcl")):
                    commands.append(("query",))
                for command in commands:
                    output = project.run(*command, TF_VAR_hook_secret="a-secret")
                    self.assertEqual(output.code, 0, output.text)

    def test_the_mock_gives_what_the_provider_plans(self):
        mock = (EXAMPLES / "testing/tests/mocks/mlflow.tfmock.hcl").read_text()
        self.webhook()
        self.apply()
        made = self.attributes()
        defaults = re.search(r'mock_resource "mlflow_server_webhook" \{\n  defaults = \{\n(.*?)\n  \}', mock, re.S)[1]
        for name, value in re.findall(r'(\w+)\s*= "(.*)"', defaults):
            self.assertEqual(len(made[name]) if name.endswith("_at") else made[name],
                             len(value) if name.endswith("_at") else value)

    def test_readme_with_a_server_alone(self):
        """As somebody does who has no Databricks: without the other resource."""
        readme = (harness.SOURCE / "README.md").read_text()
        configuration = re.search(r"```hcl\n(terraform \{.*?)```", readme, re.S)[1]
        both = re.findall(r'^resource "(\w+)"', configuration, re.M)
        self.assertEqual(both, ["mlflow_webhook", "mlflow_server_webhook"])
        alone = re.sub(r'^resource "mlflow_webhook".*?^\}\n', "", configuration, flags=re.M | re.S)
        self.project.write(alone)
        self.apply(TF_VAR_hook_secret="a-secret")
        self.assertEqual(self.server.only()["name"], "new-versions")
        self.assert_plan_is_empty(TF_VAR_hook_secret="a-secret")


if __name__ == "__main__":
    unittest.main()
