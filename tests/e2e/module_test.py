"""The module: formatted, valid, and doing what it says."""

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
