"""The action mlflow_webhook_test on clients that have actions, and its absence on one that has not."""

import json
import unittest

from harness import HEAD, Case, client_of

RESOURCE = """
resource "mlflow_webhook" "this" {
  events      = ["COMMENT_CREATED"]
  description = "%s"
  http_url_spec = {
    url = "%s/hook"
  }
%s
}
"""
ACTION = """
action "mlflow_webhook_test" "this" {
  config {
    webhook_id = mlflow_webhook.this.id
%s
  }
}
"""
TRIGGER = """
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.mlflow_webhook_test.this]
    }
  }
"""
INVOKE = "-invoke=action.mlflow_webhook_test.this"


class ActionsTest(Case):
    def each_client(self):
        for line in ("1.14", "1.15"):
            with self.subTest(line):
                self.workspace.reset()
                yield self.make_project(client_of(line))

    def write(self, project, action="", trigger="", description=""):
        project.write(HEAD + RESOURCE % (description, self.workspace.receiver(), trigger) + ACTION % action)

    def answer(self, status, body):
        self.workspace.control("PUT", "receiver", {"status": status, "body": body})

    def test_invoke(self):
        for project in self.each_client():
            self.write(project)
            self.apply(project=project)
            self.assertEqual(self.workspace.received(), [])
            self.answer(202, "queued")
            text = self.apply(INVOKE, project=project).flat
            self.assertIn("Sending a test delivery of webhook " + project.attributes()["id"], text)
            self.assertIn("The target answered 202: queued", text)
            self.assertEqual(json.loads(self.workspace.received()[0]["body"])["event"], "COMMENT_CREATED")
            self.write(project, '    event = "MODEL_VERSION_CREATED"')
            self.apply(INVOKE, project=project)
            self.assertEqual(json.loads(self.workspace.received()[1]["body"])["event"], "MODEL_VERSION_CREATED")
            self.assert_plan_is_empty(project=project)

    def test_a_target_that_answers_500_fails_the_run(self):
        for project in self.each_client():
            self.write(project)
            self.apply(project=project)
            self.answer(500, "out of order")
            text = self.fail("apply", "-auto-approve", INVOKE, project=project)
            self.assertIn("the target answered 500 instead of 200 to 299. Its answer: out of order", text)
            self.assertEqual(len(self.workspace.received()), 1)  # one delivery, not several
            self.write(project, "    expect_status = 500")
            self.apply(INVOKE, project=project)
            self.answer(200, "fine")
            self.assertIn("the target answered 200 instead of 500",
                          self.fail("apply", "-auto-approve", INVOKE, project=project))

    def test_action_trigger(self):
        for project in self.each_client():
            self.write(project, trigger=TRIGGER)
            self.assertIn("The target answered 200", self.apply(project=project).flat)
            self.write(project, trigger=TRIGGER, description="new")
            self.answer(500, "out of order")
            self.assertIn("the target answered 500", self.fail("apply", "-auto-approve", project=project))
            # The webhook is as it was made, and Terraform does not take the action for pending.
            self.assertEqual(self.workspace.only()["description"], "new")
            self.assert_plan_is_empty(project=project)
            self.assertEqual(len(self.workspace.received()), 2)

    def test_what_goes_wrong_is_explained(self):
        for project in self.each_client():
            self.write(project)
            self.apply(project=project)
            self.workspace.drift(self.workspace.only()["id"], http_url_spec={"url": "https://localhost:1"})
            text = self.fail("apply", "-auto-approve", "-refresh=false", INVOKE, project=project)
            self.assertIn("Cannot test the webhook", text)
            self.assertIn("nothing listens there", text)
            for action, word in (('event = "comment_created"', "Did you mean"), ("expect_status = 1000", "599")):
                self.write(project, f"    {action}")
                self.assertIn(word, self.fail("validate", project=project))

    def test_absent_on_older_clients(self):
        project = self.make_project(client_of("1.11"))
        self.write(project)
        output = project.run("init", "-no-color")
        self.assertEqual(output.code, 1)
        self.assertIn('Blocks of type "action" are not expected here', output.flat)
        project.write(HEAD + RESOURCE % ("", self.workspace.receiver(), ""))
        self.apply(project=project)
        self.assert_plan_is_empty(project=project)


if __name__ == "__main__":
    unittest.main()
