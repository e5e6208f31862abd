"""The documented usages, and one webhook from create to destroy."""

import hashlib
import unittest

import harness
from harness import HEAD, HTTP, JOB, Case


def hashed(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


MODULE = str(harness.SOURCE / "terraform/modules/databricks_mlflow_webhook")

USAGE_HTTP = """
module "mlflow_webhook" {
  source      = "%s"
  events      = ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"]
  description = "Notify when new models are registered"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = "Bearer token123"
  }
}
""" % MODULE
USAGE_TOKEN = """
module "notification_webhook" {
  source      = "%s"
  events      = ["MODEL_VERSION_TRANSITIONED_STAGE"]
  description = "Send notification when model stage changes"
  http_url_spec = {
    url                     = "https://api.notification-service.com/mlflow"
    enable_ssl_verification = true
    authorization_header    = "Bearer ${var.api_token}"
  }
}
""" % MODULE
USAGE_JOB = """
module "retraining_webhook" {
  source      = "%s"
  events      = ["MODEL_VERSION_TRANSITIONED_STAGE"]
  description = "Trigger model retraining on production deployment"
  job_spec    = { job_id = databricks_job.retraining.id }
}
""" % MODULE


def outputs_of(module):
    names = ("webhook_id", "webhook_status", "webhook_events", "webhook_url", "job_id", "created_at", "updated_at")
    return "".join(f'output "{name}" {{\n  value = module.{module}.{name}\n}}\n' for name in names)


class DocumentedUsageTest(Case):
    def outputs(self):
        import json
        output = self.project.run("output", "-json")
        return {name: entry["value"] for name, entry in json.loads(output.text).items()}

    def test_http_webhook(self):
        self.project.write(USAGE_HTTP + outputs_of("mlflow_webhook"))
        self.apply()
        webhook = self.workspace.only()
        self.assertEqual(webhook["description"], "Notify when new models are registered")
        self.assertEqual(webhook["http_url_spec"], {"url": "https://example.com/webhook", "enable_ssl_verification": True,
                                                    "authorization": hashed("Bearer token123")})
        outputs = self.outputs()
        self.assertEqual(outputs["webhook_id"], webhook["id"])
        self.assertEqual(outputs["webhook_events"], ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"])
        self.assertEqual((outputs["webhook_status"], outputs["webhook_url"]), ("ACTIVE", "https://example.com/webhook"))
        self.assertNotIn("job_id", outputs)  # null
        self.assertRegex(outputs["created_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assert_plan_is_empty()

    def test_token_from_a_variable(self):
        for sensitive in ("false", "true"):
            with self.subTest(sensitive=sensitive):
                self.workspace.reset()
                self.project = self.make_project()
                variable = 'variable "api_token" {\n  default = "t0k3n"\n  sensitive = %s\n}\n' % sensitive
                self.project.write(variable + USAGE_TOKEN + outputs_of("notification_webhook"))
                self.apply()
                self.assertEqual(self.workspace.only()["http_url_spec"]["authorization"], hashed("Bearer t0k3n"))
                self.assertEqual(self.outputs()["webhook_url"], "https://api.notification-service.com/mlflow")
                self.assert_plan_is_empty()

    def test_job_of_the_same_apply(self):
        head = 'terraform {\n  required_providers {\n    databricks = {\n      source = "databricks/databricks"\n    }\n  }\n}\n'
        job = 'resource "databricks_job" "retraining" {\n  name = "retraining"\n}\n'
        self.project.write(head + job + USAGE_JOB + outputs_of("retraining_webhook"))
        output = self.apply()
        self.assertIn("own token is lent", output.flat)
        webhook = self.workspace.only()
        self.assertRegex(webhook["job_spec"]["job_id"], r"^\d+$")
        self.assertEqual(webhook["job_spec"]["access_token"], hashed(self.workspace.token))
        self.assertEqual(self.outputs()["job_id"], webhook["job_spec"]["job_id"])
        self.assert_plan_is_empty()


class LifecycleTest(Case):
    def update(self, body):
        """Applies the body as a change, and gives the one update request's members besides the id."""
        self.project.resource(body)
        self.workspace.forget()
        output = self.apply()
        self.assertIn("1 changed", output.text)
        requests = self.workspace.requests("update")
        self.assertEqual(len(requests), 1)
        self.assertEqual(self.workspace.requests("create") + self.workspace.requests("delete"), [])
        sent = dict(requests[0]["body"])
        self.assertEqual(sent.pop("id"), self.project.attributes()["id"])
        self.assert_plan_is_empty()
        return sent

    def http(self, rest="", url="https://example.com/webhook", **members):
        lines = "".join(f"    {name} = {value}\n" for name, value in members.items())
        return f'  events = ["MODEL_VERSION_CREATED"]\n{rest}\n  http_url_spec = {{\n    url = "{url}"\n{lines}  }}'

    def test_each_change_sends_only_itself(self):
        for merge in (False, True):
            with self.subTest(merge=merge):
                self.workspace.reset()
                self.workspace.settings(merge_specs=merge, sort_events=merge)
                self.project = self.make_project()
                self.project.resource(self.http(authorization_header='"Bearer a"', secret='"s1"'))
                self.apply()
                auth, secret = hashed("Bearer a"), hashed("s1")
                spec = {"url": "https://example.com/webhook", "enable_ssl_verification": True, "authorization": auth,
                        "secret": secret}
                self.assertEqual(self.workspace.only()["http_url_spec"], spec)

                secrets = {"authorization_header": '"Bearer a"', "secret": '"s1"'}
                self.assertEqual(self.update(self.http('  description = "d"', **secrets)), {"description": "d"})
                self.assertEqual(self.update(self.http('  status = "DISABLED"', **secrets)),
                                 {"description": "", "status": "DISABLED"})
                self.assertEqual(self.update(self.http(**secrets)), {"status": "ACTIVE"})
                # A changed member takes the whole spec with it, secrets included.
                self.assertEqual(self.update(self.http(url="https://example.com/2", **secrets)),
                                 {"http_url_spec": {**spec, "url": "https://example.com/2"}})
                self.assertEqual(self.update(self.http(url="https://example.com/2", enable_ssl_verification="false", **secrets)),
                                 {"http_url_spec": {**spec, "url": "https://example.com/2", "enable_ssl_verification": False}})
                # A secret that was set and no longer is.
                self.assertEqual(self.update(self.http(authorization_header='"Bearer a"')),
                                 {"http_url_spec": {**spec, "secret": ""}})
                self.assertEqual(self.workspace.only()["http_url_spec"],
                                 {"url": "https://example.com/webhook", "enable_ssl_verification": True, "authorization": auth})
                self.assertEqual(self.update(self.http(authorization_header='"Bearer b"'))["http_url_spec"]["authorization"],
                                 hashed("Bearer b"))
                # One that never was set is left out.
                self.assertEqual(self.update(self.http()), {"http_url_spec": {
                    "url": "https://example.com/webhook", "enable_ssl_verification": True, "authorization": ""}})
                self.assertEqual(self.update(self.http(url="https://example.com/3")),
                                 {"http_url_spec": {"url": "https://example.com/3", "enable_ssl_verification": True}})

    def test_order_and_repetition_of_events_do_not_matter(self):
        self.project.resource(HTTP.replace('["MODEL_VERSION_CREATED"]',
                                           '["REGISTERED_MODEL_CREATED", "COMMENT_CREATED", "COMMENT_CREATED"]'))
        self.apply()
        self.project.resource(HTTP.replace('["MODEL_VERSION_CREATED"]', '["COMMENT_CREATED", "REGISTERED_MODEL_CREATED"]'))
        self.assert_plan_is_empty()
        self.assertEqual(sorted(self.update(HTTP)["events"]), ["MODEL_VERSION_CREATED"])

    def test_apply_without_a_change_writes_nothing(self):
        self.project.resource(HTTP)
        self.apply()
        with self.expecting("list"):
            self.apply()

    def test_only_updated_at_is_open_in_an_update(self):
        self.project.resource(HTTP)
        self.apply()
        self.project.resource(HTTP + '\n  description = "new"')
        output = self.plan()
        self.assertEqual(output.text.count("(known after apply)"), 1)
        self.assertIn("updated_at", output.text.split("(known after apply)")[0].splitlines()[-1])

    def test_target_and_model_replace(self):
        self.project.resource(HTTP)
        self.apply()
        first = self.project.attributes()["id"]
        for body in (JOB, JOB + '\n  model_name = "churn"', HTTP + '\n  model_name = "churn"'):
            self.project.resource(body)
            self.assertIn("1 added, 0 changed, 1 destroyed", self.apply().text)
            self.assert_plan_is_empty()
            self.assertNotEqual(self.workspace.only()["id"], first)

    def test_spec_unknown_at_plan(self):
        source = 'resource "terraform_data" "x" {\n  input = "%s"\n}\n'
        for spec in ('terraform_data.x.output == "a" ? { url = "https://a" } : { url = "https://b" }',
                     'terraform_data.x.output == "a" ? { url = "https://a" } : null'):
            with self.subTest(spec=spec):
                self.workspace.reset()
                self.project = self.make_project()
                body = f'  events = ["MODEL_VERSION_CREATED"]\n  http_url_spec = {spec}'
                self.project.resource(body, head=source % "a")
                self.apply()
                self.assert_plan_is_empty()
        # The last one may turn into null: with a job beside it, the plan must be a replacement from the start.
        body += '\n  job_spec = terraform_data.x.output == "a" ? null : { job_id = "1" }'
        self.project.resource(body, head=source % "b")
        self.apply()
        self.assertIn("job_spec", self.workspace.only())
        self.assert_plan_is_empty()

    def test_drift_is_shown_and_mended(self):
        self.project.resource(HTTP)
        self.apply()
        webhook_id = self.workspace.only()["id"]
        self.workspace.drift(webhook_id, description="changed by hand", status="DISABLED")
        self.assertIn("changed by hand", self.plan().text)
        self.apply()
        self.assertEqual((self.workspace.only().get("description"), self.workspace.only()["status"]), (None, "ACTIVE"))
        self.assert_plan_is_empty()

    def test_deleted_behind_terraforms_back(self):
        self.project.resource(HTTP)
        self.apply()
        self.workspace.remove(self.workspace.only()["id"])
        self.assertIn("1 to add", self.plan().text)
        self.apply()
        self.workspace.only()
        # Between plan and destroy.
        self.workspace.remove(self.workspace.only()["id"])
        output = self.project.run("destroy", "-auto-approve", "-refresh=false")
        self.assertEqual(output.code, 0, output.text)

    def test_destroy_leaves_nothing(self):
        self.project.resource(HTTP)
        self.apply()
        output = self.project.run("destroy", "-auto-approve")
        self.assertEqual(output.code, 0, output.text)
        self.assertEqual(self.workspace.webhooks(), [])
        self.assertEqual(self.project.state()["resources"], [])

    def test_timestamps_as_text(self):
        self.workspace.settings(timestamps_as_text=True)
        self.project.resource(HTTP)
        self.apply()
        self.assertRegex(self.project.attributes()["updated_at"], r"^20\d\d-")
        self.assert_plan_is_empty()


if __name__ == "__main__":
    unittest.main()
