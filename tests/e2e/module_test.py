"""The module: formatted, valid, and doing what it says."""

import re
import shutil
import unittest

import harness
from harness import Case

MODULES = harness.SOURCE / "terraform/modules"


class ModuleTest(Case):
    def copy(self):
        """A project that holds the repository's modules, so that their relative paths work."""
        shutil.copytree(harness.SOURCE / "terraform", self.project.root / "terraform", symlinks=True)

    def enter(self, folder):
        self.project.folder = self.project.root / folder

    def test_formatted(self):
        output = self.project.run("fmt", "-check", "-diff", "-recursive", str(MODULES))
        self.assertEqual(output.code, 0, output.text)

    def test_module_tests(self):
        self.copy()
        modules = sorted(folder.name for folder in MODULES.iterdir())
        self.assertEqual(modules, ["databricks_mlflow_webhook", "databricks_mlflow_webhook_wo"])
        for module in modules:
            with self.subTest(module):
                self.enter(f"terraform/modules/{module}")
                self.project.init()
                self.assertEqual(self.project.run("validate").code, 0)
                output = self.project.run("test")
                self.assertEqual(output.code, 0, output.text)
                self.assertIn("0 failed", output.text)
                self.assertEqual(self.workspace.webhooks(), [])

    def test_null_of_every_input_counts_as_its_default(self):
        """As a caller's optional(...) gives it. What must be given is asked for by its name."""
        self.copy()
        needed = {"events": "module.m.var.events", "http_url_spec": "No target for the webhook"}
        for module in sorted(folder.name for folder in MODULES.iterdir()):
            inputs = re.findall(r'^variable "(\w+)"', (MODULES / module / "variables.tf").read_text(), re.MULTILINE)
            self.assertGreater(len(inputs), 6)
            for name in inputs:
                with self.subTest(module=module, name=name):
                    given = {"events": '["COMMENT_CREATED"]', "http_url_spec": '{ url = "https://example.com" }',
                             name: "null"}
                    self.project.write(f'module "m" {{\n  source = "../terraform/modules/{module}"\n'
                                       + "".join(f"  {key} = {value}\n" for key, value in given.items()) + "}\n")
                    self.project.init()
                    if name in needed:
                        self.assertIn(needed[name], self.refuse("plan"))
                    else:
                        self.assertIn("1 to add", self.plan().flat)

    def test_scope_follows_the_model(self):
        self.copy()
        self.project.write('module "m" {\n  source = "../terraform/modules/databricks_mlflow_webhook"\n'
                           '  events = ["COMMENT_CREATED"]\n  model_name = "churn"\n'
                           '  http_url_spec = { url = "https://example.com" }\n}\n')
        self.apply()
        self.assertEqual(self.workspace.only()["model_name"], "churn")
        self.assert_plan_is_empty()


if __name__ == "__main__":
    unittest.main()
