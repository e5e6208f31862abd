"""Data sources: what they find, complete or an error, on an old client and the main one."""

import json
import unittest

import harness
from harness import HEAD, HTTP, Case, client_of

LIST = HEAD + """
data "mlflow_webhooks" "all" {
%s
}
output "ids" {
  value = data.mlflow_webhooks.all.webhooks[*].id
}
output "webhooks" {
  value = data.mlflow_webhooks.all.webhooks
}
"""
ONE = HEAD + """
data "mlflow_webhook" "one" {
%s
}
output "one" {
  value = data.mlflow_webhook.one
}
"""


class DataSourcesTest(Case):
    def setUp(self):
        super().setUp()
        self.http = self.workspace.create(
            model_name="churn", events=["COMMENT_CREATED", "MODEL_VERSION_CREATED"], status="TEST_MODE",
            http_url_spec={"url": "https://hooks.example/a", "secret": "canary-s", "authorization": "canary-a"})
        self.job = self.workspace.create(job_spec={"job_id": "42", "access_token": "canary-t"}, description="retrain")
        self.workspace.settings(page_size=1)

    def outputs(self, project):
        return {name: entry["value"] for name, entry in json.loads(project.run("output", "-json").text).items()}

    def ids(self, body, project=None):
        project = project or self.project
        project.write(LIST % body)
        self.apply(project=project)
        return self.outputs(project)["ids"]

    def test_filters(self):
        for client in (client_of("1.6"), client_of("1.11"), client_of("1.15")):
            project = self.make_project(client)
            self.assertEqual(self.ids("", project), sorted([self.http, self.job]))
            self.assert_plan_is_empty(project=project)
            self.assertEqual(self.ids('  model_name = "churn"', project), [self.http])
            self.assertEqual(self.ids('  events = ["COMMENT_CREATED", "MODEL_VERSION_TAG_SET"]', project), [self.http])
            self.assertEqual(self.ids('  status = "ACTIVE"', project), [self.job])
            self.assertEqual(self.ids('  target = "job"', project), [self.job])
            self.assertEqual(self.ids('  url_prefix = "https://hooks.example/"', project), [self.http])
            self.assertEqual(self.ids('  target = "http"\n  status = "ACTIVE"', project), [])

    def test_one_by_id(self):
        for client in (client_of("1.6"), client_of("1.11")):
            project = self.make_project(client)
            project.write(ONE % f'  id = "{self.http}"')
            self.apply(project=project)
            one = self.outputs(project)["one"]
            self.assertEqual(one["http_url_spec"], {"url": "https://hooks.example/a", "enable_ssl_verification": True})
            self.assertEqual((one["model_name"], one["registry_webhook"], one["status"], one["job_spec"]),
                             ("churn", False, "TEST_MODE", None))
            self.assertRegex(one["created_at"], r"^20\d\d-.*Z$")
            project.write(ONE % f'  id = "{self.job}"')
            self.apply(project=project)
            self.assertEqual(self.outputs(project)["one"]["job_spec"], {"job_id": "42", "workspace_url": None})
            self.assertNotIn("canary", (project.folder / "terraform.tfstate").read_text())

    def test_what_does_not_exist_is_an_error(self):
        self.project.write(ONE % '  id = "nothing"')
        text = self.fail("plan")
        self.assertIn(f'The workspace {self.workspace.url} has no webhook with the id "nothing"', text)
        self.project.write(ONE % f'  id = "{self.job}"\n  model_name = "churn"')
        self.assertIn('for the model "churn"', self.fail("plan"))

    def test_bad_filters_are_explained(self):
        for body, word in (('events = ["comment_created"]', "Did you mean"), ("events = []", "events"),
                           ('status = "ACTVE"', "ACTIVE"), ('target = "jbo"', "job"),
                           ('target = "job"\n  url_prefix = "https://x"', "Remove one of them")):
            self.project.write(LIST % f"  {body}")
            self.assertIn(word, self.fail("validate"))

    def test_a_listing_that_breaks_off_is_an_error(self):
        self.workspace.fault("status", operation="list", nth=2, status=500, error_code="INTERNAL_ERROR")
        self.project.write(LIST % "")
        self.assertIn("Cannot list the webhooks", self.fail("plan"))
        self.workspace.clear_faults()
        self.workspace.fault("repeat_page_token", operation="list", times=100)
        self.assertIn("no end", self.fail("plan"))

    def test_who_may_not_list_all_is_told_how_to_go_on(self):
        self.workspace.settings(users={self.workspace.token: {"admin": False, "models": ["churn"]}})
        self.project.write(LIST % "")
        self.assertIn("Set model_name to look at the webhooks of one model", self.fail("plan"))
        self.assertEqual(self.ids('  model_name = "churn"'), [self.http])

    def test_a_workspace_that_is_not_known_or_not_set_is_an_error(self):
        self.project.write(LIST % "" + """
resource "terraform_data" "host" {
  input = "%s"
}
provider "mlflow" {
  host = terraform_data.host.output
}""" % self.workspace.url)
        self.assertIn("depends on values that will be known only after apply", self.fail("plan"))
        self.project.write(LIST % "")
        self.assertIn("DATABRICKS_HOST", self.fail("plan", DATABRICKS_HOST=""))

    def test_reads_what_is_created_in_the_same_run(self):
        self.project.write(HEAD + 'resource "mlflow_webhook" "this" {\n' + HTTP + """
}
data "mlflow_webhook" "one" {
  id = mlflow_webhook.this.id
}
output "url" {
  value = data.mlflow_webhook.one.http_url_spec.url
}""")
        self.apply()
        self.assertEqual(self.outputs(self.project), {"url": "https://example.com/webhook"})
        self.assert_plan_is_empty()


class AuditTest(Case):
    """examples/audit finds what it is for, and is quiet otherwise."""

    def test_audit(self):
        good = self.workspace.create(http_url_spec={"url": "https://hooks.example.com/a"})
        self.project.write((harness.SOURCE / "examples/audit/main.tf").read_text())
        self.assertNotIn("Check block assertion failed", self.apply().text)
        unverified = self.workspace.create(http_url_spec={"url": "https://hooks.example.com/b",
                                                          "enable_ssl_verification": False})
        stranger = self.workspace.create(http_url_spec={"url": "https://hooks.example.com.evil.example/c"})
        text = self.apply().flat
        self.assertEqual(text.count("Check block assertion failed"), 2)
        self.assertIn(unverified, text)
        self.assertIn(stranger, text)
        self.assertNotIn(good, text.split("Changes to Outputs")[0].replace(unverified, "").replace(stranger, ""))


if __name__ == "__main__":
    unittest.main()
