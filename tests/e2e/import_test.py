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


class UnseenSecretsTest(Case):
    """An adopted webhook may have secrets that nobody sees: a plan that sends its target without them says so."""

    summary = "Secrets that the webhook may have are dropped"
    url, header, secret = "https://example.com/webhook", "http_url_spec.authorization_header", "http_url_spec.secret"

    def adopt(self, way, project):
        """A webhook with two secrets, adopted with a configuration that has none of them: an empty plan, no word."""
        self.workspace.reset()
        (project.folder / "terraform.tfstate").unlink(missing_ok=True)
        (project.folder / "generated.tf").unlink(missing_ok=True)
        self.workspace.drift("17", events=["MODEL_VERSION_CREATED"], description="", status="ACTIVE",
                             http_url_spec={"url": self.url, "authorization": "theirs", "secret": "theirs"})
        block = "import {\n  to = mlflow_webhook.this\n  %s\n}\n"
        identity = 'identity = { id = "17" }'
        project.resource(HTTP, head="" if way == "command" else block % (identity if way == "identity" else 'id = "17"'))
        project.init()
        if way == "command":
            self.assertEqual(project.run("import", "mlflow_webhook.this", "17").code, 0)
        elif way == "generated":
            project.write(HEAD + block % 'id = "17"')
            self.assertEqual(project.run("plan", "-generate-config-out=generated.tf").code, 0)
        self.assertNotIn(self.summary, self.apply(project=project).flat)
        (project.folder / "generated.tf").unlink(missing_ok=True)
        project.resource(HTTP)

    def change(self, project, url="https://example.com/new", **members):
        project.resource(HTTP.replace(self.url, url).replace("\n  }", "".join(
            f"\n    {name} = {value}" for name, value in members.items()) + "\n  }"))

    def assert_warns(self, project, *names):
        output = project.run("plan")
        self.assertEqual(output.code, 0, output.text)
        self.assertEqual(self.summary in output.flat, bool(names), output.text)
        found = {name for name in (self.header, self.secret) if f"- {name} " in output.flat}
        self.assertEqual(found, set(names))

    def test_every_way_to_adopt(self):
        for client in (None, client_of("1.15.5")):
            project = self.make_project(client)
            for way in ("command", "block", "generated", *(["identity"] if client else [])):
                with self.subTest(f"{client} {way}"):
                    self.adopt(way, project)
                    self.assert_plan_is_empty(project=project)
                    for url, members in (("https://example.com/new", {}), (self.url, {"enable_ssl_verification": "false"})):
                        self.change(project, url, **members)
                        self.assert_warns(project, self.header, self.secret)
                    self.change(project, secret='"mine"')
                    self.assert_warns(project, self.header)
                    self.change(project, authorization_header_wo='"mine"')
                    self.assert_warns(project, self.secret)
                    self.change(project, self.url, secret='"mine"', authorization_header_wo='"mine"')
                    self.assert_warns(project)
                    # An update that sends no target settles nothing.
                    project.resource(HTTP + '\n  status = "DISABLED"')
                    self.assertNotIn(self.summary, self.apply(project=project).flat)
                    self.assertEqual(len(self.workspace.only()["http_url_spec"]["secret"]), len("sha256:") + 64)
                    self.change(project)
                    self.assert_warns(project, self.header, self.secret)
                    # Once it is sent, it is known what the webhook has.
                    self.assertIn(self.summary, self.apply(project=project).flat)
                    self.change(project, "https://example.com/newer")
                    self.assert_warns(project)

    def test_the_messages_of_a_plan_have_it(self):
        """As a pipeline looks for it: `terraform show -json` of the plan file has no warnings."""
        self.adopt("block", self.project)
        self.change(self.project)
        process = self.project.start("plan", "-json", "-out=saved")
        messages = [json.loads(line) for line in process.communicate(timeout=300)[0].splitlines()]
        found = [m["diagnostic"] for m in messages if m["type"] == "diagnostic"]
        self.assertEqual([(d["severity"], d["summary"]) for d in found], [("warning", self.summary)])

    def test_a_replacement_is_told_too(self):
        self.adopt("block", self.project)
        self.project.resource(HTTP + '\n  model_name = "churn"')
        self.assert_warns(self.project, self.header, self.secret)

    def test_a_job_webhook(self):
        self.workspace.drift("17", events=["MODEL_VERSION_CREATED"], description="", status="ACTIVE",
                             job_spec={"job_id": "42", "access_token": "theirs"})
        self.project.resource(JOB, head='import {\n  to = mlflow_webhook.this\n  id = "17"\n}\n')
        self.assertNotIn(self.summary, self.apply().flat)
        self.project.resource(JOB.replace("42", "43"))
        text = self.plan().flat
        self.assertIn(self.summary, text)
        self.assertIn("- job_spec.access_token", text)


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
