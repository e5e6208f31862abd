"""The modules for Databricks: formatted, valid, and doing what they say. Those for an MLflow server: tests/server."""

import json
import re
import shutil
import unittest

import harness
from harness import HEAD, Case, client_commands, client_version

MODULES = harness.SOURCE / "terraform/modules"
CANARY = "c4n4ry"

OF_DATABRICKS = ("databricks_mlflow_webhook", "databricks_mlflow_webhook_wo")

# What each module takes of the two targets. Every other member that the resource has must be refused: Terraform would
# drop it without a word.
TAKEN = {
    "http_url_spec": {"url", "enable_ssl_verification", "authorization_header", "secret"},
    "job_spec": {"job_id", "access_token", "workspace_url"},
}
REQUIRED = {"http_url_spec": 'url = "https://example.com/webhook"', "job_spec": 'job_id = "42"'}


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
        modules = {folder.name for folder in MODULES.iterdir()}
        self.assertEqual(modules, {*OF_DATABRICKS, "mlflow_server_webhook", "mlflow_server_webhook_wo"})
        for module in OF_DATABRICKS:
            with self.subTest(module):
                self.enter(f"terraform/modules/{module}")
                self.project.init()
                self.assertEqual(self.project.run("validate").code, 0)
                output = self.project.run("test")
                self.assertEqual(output.code, 0, output.text)
                self.assertIn("0 failed", output.text)
                self.assertEqual(self.workspace.webhooks(), [])

    def members_of_the_resource(self, project):
        """{spec: {member: type}}, as the provider says."""
        schemas = json.loads(project.run("providers", "schema", "-json").text)["provider_schemas"]
        attributes = next(iter(schemas.values()))["resource_schemas"]["mlflow_webhook"]["block"]["attributes"]
        return {spec: {name: member["type"] for name, member in attributes[spec]["nested_type"]["attributes"].items()}
                for spec in TAKEN}

    def clients_of(self, module):
        """Those that the module says it works with."""
        least = re.search(r'required_version = ">= (\d+)\.(\d+)"', (MODULES / module / "versions.tf").read_text())
        clients = {client_version(c): c for c in [*client_commands(), harness.main_client()]}
        return [(version, command) for version, command in sorted(clients.items())
                if [int(n) for n in version.split(".")[:2]] >= [int(n) for n in least.groups()]]

    def calls(self, module, members):
        """A configuration with a call of the module for each member, which gives it a value of a variable."""
        values = {"string": "var.text", "number": "var.number"}
        calls = "".join(f"""
            module "{spec}-{name}" {{
              source = "./modules/{module}"
              events = ["MODEL_VERSION_CREATED"]
              {spec} = {{ {REQUIRED[spec]}, {name} = {values[kind]} }}
            }}""" for spec, name, kind in members)
        return f'{HEAD}\nvariable "text" {{}}\nvariable "number" {{\n  type = number\n}}\n{calls}'

    def test_members_that_terraform_would_drop(self):
        for module in OF_DATABRICKS:
            for version, command in self.clients_of(module):
                with self.subTest(module=module, client=version):
                    project = self.make_project(command)
                    shutil.copytree(MODULES, project.folder / "modules")
                    project.write(HEAD)
                    project.init()
                    members = [(spec, name, kind) for spec, of_spec in self.members_of_the_resource(project).items()
                               for name, kind in of_spec.items() if name not in TAKEN[spec]]
                    self.assertIn(("http_url_spec", "authorization", "string"), members)
                    project.write(self.calls(module, members))
                    project.init()
                    text = self.refuse("plan", project=project, TF_VAR_text=CANARY, TF_VAR_number="4711")
                    self.assertEqual(text.count("Error:"), text.count("Error: Invalid value for variable"), text)
                    for spec, name, _ in members:
                        self.assertIn(f'in module "{spec}-{name}"', text)
                    self.assertEqual(text.count("Error:"), len(members), text)
                    self.assertIn("is called authorization_header here", text)
                    self.assertNotIn(CANARY, text)
                    self.assertNotIn("4711", text)
                    # Null is what they are when nobody writes them.
                    project.write(self.calls(module, members).replace("var.text", "null").replace("var.number", "null"))
                    self.plan(project=project, TF_VAR_text="", TF_VAR_number="1")

    def test_what_the_check_of_members_must_not_disturb(self):
        """Targets whose members are sensitive, or known only after apply, are judged like others."""
        self.copy()
        self.project.write("""
            variable "text" {
              sensitive = true
            }
            resource "terraform_data" "url" {
              input = "https://example.com/webhook"
            }
            module "m" {
              source        = "../terraform/modules/databricks_mlflow_webhook"
              events        = ["COMMENT_CREATED"]
              http_url_spec = { url = terraform_data.url.output, authorization_header = var.text%s }
            }""" % ", authorization = var.text")
        self.assertNotIn(CANARY, self.refuse("plan", TF_VAR_text=CANARY))
        configuration = (self.project.folder / "main.tf").read_text().replace(", authorization = var.text", "")
        self.project.write(configuration)
        self.apply(TF_VAR_text=CANARY)
        self.assert_plan_is_empty(TF_VAR_text=CANARY)

    def test_null_of_every_input_counts_as_its_default(self):
        """As a caller's optional(...) gives it. What must be given is asked for by its name."""
        self.copy()
        needed = {"events": "module.m.var.events", "http_url_spec": "No target for the webhook"}
        for module in OF_DATABRICKS:
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
