"""Webhooks that exist already: imported by id, by model and by identity, with and without a configuration."""

import json
import unittest

from harness import HEAD, HTTP, JOB, Case, client_commands


def client_of(version):
    return next(c for c in client_commands() if c.endswith("-" + version))


SECRETS = """
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = "Bearer canary-header"
  }"""


class ImportTest(Case):
    def there(self, **members):
        """A webhook that somebody else has made."""
        if "job_spec" not in members:
            members.setdefault("http_url_spec", {"url": "https://example.com/webhook"})
        self.workspace.drift("17", **{"events": ["MODEL_VERSION_CREATED"], "description": "", "status": "ACTIVE", **members})

    def test_by_id(self):
        self.there()
        self.project.resource(HTTP)
        self.project.init()
        output = self.project.run("import", "mlflow_webhook.this", "17")
        self.assertEqual(output.code, 0, output.text)
        self.assert_plan_is_empty()

    def test_by_model_and_id_without_admin_rights(self):
        self.there(model_name="churn")
        self.workspace.settings(users={self.workspace.token: {"admin": False, "models": ["churn"]}})
        self.project.resource(HTTP + '\n  model_name = "churn"')
        self.project.init()
        self.assertIn("workspace admin", self.refuse("import", "mlflow_webhook.this", "17"))
        output = self.project.run("import", "mlflow_webhook.this", "churn/17")
        self.assertEqual(output.code, 0, output.text)
        self.assert_plan_is_empty()

    def test_what_does_not_exist(self):
        self.project.resource(HTTP)
        text = self.refuse("import", "mlflow_webhook.this", "18")
        self.assertIn("has no webhook with the id 18", text)
        self.assertIn(self.workspace.url, text)
        self.assertIn("for the model churn", self.refuse("import", "mlflow_webhook.this", "churn/18"))
        self.there()
        self.assertIn("but of the whole registry. Import it as 17.", self.refuse("import", "mlflow_webhook.this", "churn/17"))
        self.assertIn("<model_name>/<id>", self.refuse("import", "mlflow_webhook.this", "churn/"))
        self.assertEqual(self.project.state()["resources"], [])

    def test_host_that_is_not_known(self):
        self.there()
        self.project.resource(HTTP, head='resource "terraform_data" "h" {}\n'
                              'provider "mlflow" {\n  host = terraform_data.h.id\n}\n'
                              'import {\n  to = mlflow_webhook.this\n  id = "17"\n}\n')
        self.assertIn("known only after apply", self.refuse("plan"))

    def test_secrets_are_sent_once(self):
        self.there()
        self.project.resource(SECRETS, head='import {\n  to = mlflow_webhook.this\n  id = "17"\n}\n')
        output = self.plan()
        self.assertIn("1 to import, 0 to add, 1 to change", output.flat)
        self.assertIn("http_url_spec.authorization_header", output.flat)
        self.assertNotIn("canary-header", output.text)
        self.apply()
        self.assert_plan_is_empty()
        self.project.resource(SECRETS.replace("canary-header", "canary-other"))
        self.assertNotIn("sent once more", self.apply().flat)

    def test_a_job_webhook_keeps_its_token(self):
        self.there(job_spec={"job_id": "42", "access_token": "theirs"})
        before = self.workspace.only()["job_spec"]
        self.project.resource(JOB, head='import {\n  to = mlflow_webhook.this\n  id = "17"\n}\n')
        self.assertNotIn("token is lent", self.apply().flat)
        self.assertEqual(self.workspace.only()["job_spec"], before)
        self.assertEqual(self.workspace.requests("update"), [])

    def test_generated_configuration_plans_empty(self):
        for client in (None, client_of("1.15.5")):
            for model in (None, "churn"):
                with self.subTest(client=client, model=model):
                    project = self.make_project(client)
                    self.workspace.reset()
                    self.there(model_name=model, description="theirs", http_url_spec={
                        "url": "https://example.com/webhook", "enable_ssl_verification": False})
                    project.write(HEAD + 'import {\n  to = mlflow_webhook.this\n  id = "17"\n}\n')
                    project.init()
                    output = project.run("plan", "-generate-config-out=generated.tf")
                    self.assertEqual(output.code, 0, output.text)
                    generated = (project.folder / "generated.tf").read_text()
                    self.assertIn("# sensitive", generated)
                    self.assertNotIn("created_at", generated)
                    self.assertNotRegex(generated, r"\bauthorization\b")  # is there only to be refused
                    if client:  # the provider decides what is written
                        self.assertNotIn('"ACTIVE"', generated)
                    self.assertIn("1 imported, 0 added, 0 changed", self.apply(project=project).flat)
                    self.assertEqual(self.workspace.requests("update"), [])
                    self.assert_plan_is_empty(project=project)

    def test_generated_configuration_of_clients_that_stumble_over_deprecated_members(self):
        """As the troubleshooting guide says: the file is written, and the next plan is well."""
        self.there()
        for version in ("1.6.6", "1.8.4"):
            with self.subTest(version):
                project = self.make_project(client_of(version))
                project.write(HEAD + 'import {\n  to = mlflow_webhook.this\n  id = "17"\n}\n')
                project.init()
                output = project.run("plan", "-generate-config-out=generated.tf")
                self.assertIn('attribute "authorization" is required', output.flat)
                self.assertNotRegex((project.folder / "generated.tf").read_text(), r"\bauthorization\b")
                self.assertIn("1 imported, 0 added, 0 changed", self.apply(project=project).flat)
                self.assert_plan_is_empty(project=project)

    def test_an_import_that_generates_names_the_provider(self):
        """Terraform 1.16 needs it; with a configuration beside it, each refuses it, as the troubleshooting guide says."""
        self.there()
        self.project.write(HEAD + 'import {\n  provider = mlflow\n  to = mlflow_webhook.this\n  id = "17"\n}\n')
        self.project.init()
        output = self.project.run("plan", "-generate-config-out=generated.tf")
        self.assertEqual(output.code, 0, output.text)
        self.assertIn("1 to import, 0 to add, 0 to change", output.flat)
        self.assertIn("can only be specified in import blocks that will generate configuration", self.refuse("plan"))


class IdentityTest(Case):
    def setUp(self):
        super().setUp()
        self.project = self.make_project(client_of("1.15.5"))

    def identity(self):
        return self.project.state()["resources"][0]["instances"][0].get("identity")

    def test_by_identity(self):
        self.workspace.drift("17", events=["MODEL_VERSION_CREATED"], model_name="churn", description="",
                             status="ACTIVE", http_url_spec={"url": "https://example.com/webhook"})
        body = HTTP + '\n  model_name = "churn"'
        block = 'import {\n  to = mlflow_webhook.this\n  identity = {\n    %s\n  }\n}\n'
        self.project.resource(body, head=block % 'id = "17", host = "https://other.example.com"')
        text = self.refuse("plan")
        self.assertIn("https://other.example.com", text)
        self.assertIn(self.workspace.url, text)
        self.workspace.settings(users={self.workspace.token: {"admin": False, "models": ["churn"]}})
        self.project.resource(body, head=block % ('id = "17", model_name = "churn", host = "%s/"' % self.workspace.url))
        self.assertIn("1 imported, 0 added, 0 changed", self.apply().flat)
        self.assertEqual(self.identity(), {"host": self.workspace.url, "id": "17", "model_name": "churn"})
        self.assert_plan_is_empty()

    def test_an_identity_without_the_model(self):
        self.workspace.drift("17", events=["MODEL_VERSION_CREATED"], model_name="churn", description="",
                             status="ACTIVE", http_url_spec={"url": "https://example.com/webhook"})
        self.project.resource(HTTP + '\n  model_name = "churn"',
                              head='import {\n  to = mlflow_webhook.this\n  identity = {\n    id = "17"\n  }\n}\n')
        self.assertIn("1 imported, 0 added, 0 changed", self.apply().flat)
        self.assertEqual(self.identity()["model_name"], "churn")

    def test_every_step_keeps_the_identity(self):
        for body in (HTTP, HTTP + '\n  description = "new"'):
            self.project.resource(body)
            self.apply()
            self.assertEqual(self.identity(), {"host": self.workspace.url, "id": self.workspace.only()["id"],
                                               "model_name": None})
        # A replacement is another webhook.
        self.project.resource(HTTP + '\n  model_name = "churn"')
        self.apply()
        self.assertEqual(self.identity()["id"], self.workspace.only()["id"])
        self.assertEqual(self.identity()["model_name"], "churn")

    def test_a_state_from_before_identities(self):
        self.project.resource(HTTP)
        self.apply()
        state = self.project.state()
        for name in ("identity", "identity_schema_version"):
            state["resources"][0]["instances"][0].pop(name, None)
        (self.project.folder / "terraform.tfstate").write_text(json.dumps(state))
        self.assert_plan_is_empty()
        self.project.resource(HTTP + '\n  description = "new"')
        self.apply()
        self.assertEqual(self.identity()["host"], self.workspace.url)

    def test_a_workspace_that_moved(self):
        from harness import Workspace
        self.project.resource(HTTP)
        self.apply()
        moved = Workspace()
        self.addCleanup(moved.close)
        webhook = self.workspace.only()
        moved.drift(webhook.pop("id"), **webhook)
        there = dict(DATABRICKS_HOST=moved.url, DATABRICKS_TOKEN=moved.token)
        self.apply(**there)
        self.assert_plan_is_empty(**there)


if __name__ == "__main__":
    unittest.main()
