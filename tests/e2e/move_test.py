"""Webhooks of the vendor's provider, moved from a state as it has written it."""

import json
import unittest

from harness import ADDRESS, HEAD, Case, client_commands

OTHER = """
terraform {
  required_providers {
    mlflow     = { source = "%s" }
    databricks = { source = "registry.terraform.io/databricks/databricks" }
  }
}
""" % ADDRESS
MOVED = """
moved {
  from = databricks_mlflow_webhook.%s
  to   = mlflow_webhook.%s
}
"""
HTTP = """
resource "mlflow_webhook" "http" {
  events      = ["MODEL_VERSION_CREATED", "COMMENT_CREATED"]
  description = "From the other provider"
  model_name  = "churn"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = "Bearer kept"
  }
}
"""
JOB = """
resource "mlflow_webhook" "job" {
  events   = ["MODEL_VERSION_CREATED"]
  job_spec = { job_id = "42", access_token = "kept-token" }
}
"""


def moving_clients():
    """Moves between resource types came with Terraform 1.8."""
    return [c for c in client_commands() if [int(n) for n in c.rsplit("-", 1)[1].split(".")] >= [1, 8]]


class MoveTest(Case):
    def there(self):
        self.workspace.drift("17", events=["COMMENT_CREATED", "MODEL_VERSION_CREATED"], model_name="churn",
                             description="From the other provider", status="ACTIVE",
                             http_url_spec={"url": "https://example.com/webhook", "enable_ssl_verification": True,
                                            "authorization": "Bearer kept"})
        self.workspace.drift("18", events=["MODEL_VERSION_CREATED"], description="", status="ACTIVE",
                             job_spec={"job_id": "42", "access_token": "kept-token"})

    def write_state(self, project, resource_type="databricks_mlflow_webhook", schema_version=0, **instances):
        provider = 'provider["registry.terraform.io/databricks/databricks"]'
        resources = [{"mode": "managed", "type": resource_type, "name": name, "provider": provider,
                      "instances": [{"schema_version": schema_version, "attributes": attributes}]}
                     for name, attributes in instances.items()]
        (project.folder / "terraform.tfstate").write_text(json.dumps(
            {"version": 4, "terraform_version": "1.5.7", "serial": 3, "lineage": "0e3cf9d4-7d5d-4c3b-9f6d-2f6f0a1b2c3d",
             "outputs": {}, "resources": resources}))

    http = {"id": "17", "events": ["COMMENT_CREATED", "MODEL_VERSION_CREATED"], "model_name": "churn",
            "description": "From the other provider", "status": "ACTIVE", "job_spec": [],
            "http_url_spec": [{"url": "https://example.com/webhook", "enable_ssl_verification": False,
                               "authorization": "Bearer kept", "secret": ""}]}
    job = {"id": "18", "events": ["MODEL_VERSION_CREATED"], "model_name": "", "description": "", "status": "ACTIVE",
           "http_url_spec": [],
           "job_spec": [{"job_id": "42", "access_token": "kept-token", "workspace_url": ""}]}

    def test_moved_as_it_is(self):
        for client in [None, *moving_clients()]:
            with self.subTest(client):
                self.workspace.reset()
                self.there()
                project = self.make_project(client)
                self.write_state(project, http=self.http, job=self.job)
                project.write(OTHER + MOVED % ("http", "http") + MOVED % ("job", "job") + HTTP + JOB)
                project.init()
                output = project.run("plan")
                self.assertEqual(output.code, 0, output.text)
                self.assertIn("has moved to mlflow_webhook.http", output.flat)
                self.assertIn("0 to add, 0 to change, 0 to destroy", output.flat)
                self.assertNotIn("kept", output.text)
                self.workspace.forget()
                self.apply(project=project)
                # One listing or two: which scope is read first is for Terraform to say.
                self.assertEqual({r["path"].rsplit("/", 1)[1] for r in self.workspace.requests()}, {"list"})
                state = {r["name"]: r["instances"][0]["attributes"] for r in project.state()["resources"]}
                self.assertEqual(state["http"]["http_url_spec"]["authorization_header"], "Bearer kept")
                self.assertIsNone(state["http"]["http_url_spec"]["secret"])
                self.assertTrue(state["http"]["http_url_spec"]["enable_ssl_verification"])
                self.assertIsNone(state["http"]["job_spec"])
                self.assertEqual(state["job"]["job_spec"]["access_token"], "kept-token")
                # The other provider and the moved blocks are not needed any longer.
                project.write(HEAD + HTTP + JOB)
                self.assert_plan_is_empty(project=project)

    def test_at_most_the_secrets_are_sent(self):
        self.there()
        self.write_state(self.project, http={**self.http, "http_url_spec": [{"url": "https://example.com/webhook"}]})
        self.project.write(OTHER + MOVED % ("http", "http") + HTTP)
        text = self.plan().flat
        self.assertIn("0 to add, 1 to change, 0 to destroy", text)
        self.assertIn("imported or moved", text)
        self.apply()
        self.assert_plan_is_empty()

    def test_write_only_secrets_after_a_move(self):
        self.there()
        self.write_state(self.project, http=self.http)
        self.project.write(OTHER + MOVED % ("http", "http") +
                           HTTP.replace("authorization_header ", "authorization_header_wo "))
        self.assertIn("authorization_header_wo", self.plan().flat)
        self.apply()
        self.assertNotIn("kept", json.dumps(self.project.state()))
        self.assert_plan_is_empty()

    def test_an_address_that_is_a_secret_after_a_move(self):
        self.there()
        self.write_state(self.project, http=self.http)
        self.project.write(OTHER + MOVED % ("http", "http") +
                           HTTP.replace("url                  =", "url_wo               ="))
        self.assertIn("http_url_spec.url_wo: it is new in the configuration, or the webhook was imported or moved",
                      self.plan().flat)
        self.apply()
        self.assertNotIn("example.com", json.dumps(self.project.state()))
        self.assert_plan_is_empty()

    def test_secrets_that_no_state_holds(self):
        """The old state holds what the old configuration gave; a secret that was set otherwise is in none."""
        for client in [None, *(c for c in moving_clients() if c.endswith("-1.15.5"))]:
            with self.subTest(client):
                self.workspace.reset()
                self.there()
                project = self.make_project(client)
                self.write_state(project, http=self.http)
                project.write(OTHER + MOVED % ("http", "http") + HTTP)
                project.init()
                self.assertNotIn("may have are dropped", self.apply(project=project).flat)
                project.write(OTHER + HTTP.replace("/webhook", "/new"))
                text = self.plan(project=project).flat
                self.assertIn("Secrets that the webhook may have are dropped", text)
                self.assertIn("- http_url_spec.secret ", text)
                self.assertNotIn("- http_url_spec.authorization_header", text)
                self.apply(project=project)
                project.write(OTHER + HTTP.replace("/webhook", "/newer"))
                self.assertNotIn("may have are dropped", self.plan(project=project).flat)

    def test_what_cannot_be_moved(self):
        self.there()
        self.write_state(self.project, resource_type="databricks_job", job={"id": "42", "name": "retrain"})
        self.project.write(OTHER + "moved {\n  from = databricks_job.job\n  to   = mlflow_webhook.job\n}\n" + JOB)
        text = self.refuse("plan")
        self.assertIn("This state cannot be moved", text)
        self.assertIn("databricks_mlflow_webhook (schema version 0)", text)

    def test_a_client_that_cannot_move(self):
        """Terraform before 1.8 refuses by itself, and names the types."""
        old = next(c for c in client_commands() if c.endswith("-1.6.6"))
        project = self.make_project(old)
        self.write_state(project, http=self.http)
        project.write(OTHER + MOVED % ("http", "http") + HTTP)
        self.assertIn("Resource type mismatch", self.refuse("plan", project=project))


if __name__ == "__main__":
    unittest.main()
