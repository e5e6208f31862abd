"""The action mlflow_server_webhook_test with a real MLflow server and a real target."""

import json
import unittest

from servers import HEAD, ServerCase
from harness import client_of  # after servers, which says where it is

RESOURCE = """
resource "mlflow_server_webhook" "this" {
  name        = "hook"
  events      = ["model_version.created"]
  description = "%s"
  url         = "%s"
%s
}
"""
ACTION = """
action "mlflow_server_webhook_test" "this" {
  config {
    webhook_id = mlflow_server_webhook.this.id
%s
  }
}
"""
TRIGGER = """
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.mlflow_server_webhook_test.this]
    }
  }
"""
INVOKE = "-invoke=action.mlflow_server_webhook_test.this"


class ActionTest(ServerCase):
    # A target that fails is tried four times, with a second, two and four between.
    server_options = {"MLFLOW_WEBHOOK_REQUEST_MAX_RETRIES": "0"}

    def each_client(self):
        for line in ("1.14", "1.15"):
            with self.subTest(line):
                self.server.empty()
                yield self.make_project(client_of(line))

    def write(self, project, url, action="", trigger="", description=""):
        project.write(HEAD + RESOURCE % (description, url, trigger) + ACTION % action)

    def test_invoke(self):
        for project in self.each_client():
            target = self.receiver()
            self.write(project, f"{target.url}/hook")
            self.apply(project=project)
            self.assertEqual(target.got, [])
            text = self.apply(INVOKE, project=project).flat
            self.assertIn("Sending a real test delivery of webhook " + self.attributes(project)["id"], text)
            self.assertIn("The target answered 200", text)
            self.assertEqual(self.event(target.got[0]), ("model_version", "created"))
            # An event that the webhook is not subscribed to, and a webhook that is switched off.
            self.write(project, f"{target.url}/hook", '    event = "prompt_alias.deleted"')
            self.server.drift(self.attributes(project)["id"], status="DISABLED")
            self.apply(INVOKE, "-refresh=false", project=project)
            self.assertEqual(self.event(target.got[1]), ("prompt_alias", "deleted"))
            self.assertEqual(len(target.got), 2)

    def event(self, got):
        body = json.loads(got[1])
        return body["entity"], body["action"]

    def test_the_target_answers_otherwise(self):
        # A redirect is a success to the server, and none here.
        for status, expected, fails in ((500, None, "the target answered 500 instead of 200 to 299"),
                                        (302, None, "the target answered 302 instead of 200 to 299"),
                                        (200, 204, "the target answered 200 instead of 204"),
                                        (404, 404, None), (204, None, None)):
            with self.subTest(status, expected=expected):
                self.server.empty()
                project = self.make_project(client_of("1.15"))
                target = self.receiver(status)
                self.write(project, f"{target.url}/hook", f"    expect_status = {expected or 'null'}")
                self.apply(project=project)
                if fails is None:
                    self.apply(INVOKE, project=project)
                else:
                    self.assertIn(fails, self.refuse("apply", "-auto-approve", INVOKE, project=project))
                self.assertEqual(len(target.got), 1)

    def test_the_target_cannot_be_reached(self):
        for project in self.each_client():
            self.write(project, "http://127.0.0.1:9/T0-canary-path?token=canary-query")
            self.apply(project=project)
            text = self.refuse("apply", "-auto-approve", INVOKE, project=project)
            self.assertIn("The target did not answer", text)
            self.assertIn("refused", text)
            self.assertNotIn("canary", text)

    def test_action_trigger(self):
        for project in self.each_client():
            target = self.receiver(500)
            self.write(project, f"{target.url}/hook", trigger=TRIGGER)
            self.assertIn("the target answered 500", self.refuse("apply", "-auto-approve", project=project))
            # The webhook is as it was made, and Terraform does not take the action for pending.
            self.assertEqual(self.server.only()["webhook_id"], self.attributes(project)["id"])
            self.assert_plan_is_empty(project=project)
            self.assertEqual(len(target.got), 1)

    def test_what_goes_wrong_is_explained(self):
        for project in self.each_client():
            self.write(project, "https://example.com/hook")
            self.apply(project=project)
            for action, word in (('event = "MODEL_VERSION_CREATED"', "mlflow_webhook"),
                                 ('event = "COMMENT_CREATED"', "mlflow_webhook"),
                                 ('event = "Model_Version.Created"', "model_version.created"),
                                 ('workspace = "Team"', "workspace"), ("expect_status = 1000", "599")):
                self.write(project, "https://example.com/hook", f"    {action}")
                self.assertIn(word, self.refuse("validate", project=project))
            self.write(project, "https://example.com/hook", '    event = "model_version.exploded"')
            self.assertIn("model_version.exploded", self.refuse("apply", "-auto-approve", INVOKE, project=project))
            self.write(project, "https://example.com/hook")
            self.server.empty()
            text = self.refuse("apply", "-auto-approve", "-refresh=false", INVOKE, project=project)
            self.assertIn("has no webhook with the id", text)


if __name__ == "__main__":
    unittest.main()
