"""A service that answers in another form than documented, or by another clock, and the real client: nothing is
concluded, nothing doubled, and everybody else's webhooks are read. Every member and form: misfits_test.cc."""

import json
import time
import unittest

from harness import HEAD, HTTP, Case, until

TWO = HEAD + """
resource "mlflow_webhook" "this" {
  for_each = toset(["a", "b"])
  events   = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url = "https://example.com/${each.key}"
  }
}
"""
LIST = HEAD + """
data "mlflow_webhooks" "all" {}
output "ids" {
  value = data.mlflow_webhooks.all.webhooks[*].id
}
"""
ODD = [{"job_spec": {}}, {"http_url_spec": "x"}, {"http_url_spec": None}, {"http_url_spec": {}}, {"events": "x"},
       {"creation_timestamp": "abc"}, {"creation_timestamp": 1.5e12}, {"creation_timestamp": 10**17},
       {"last_updated_timestamp": []}, {"model_name": 7}, {"status": 7}, {"description": {}}, {"id": 7},
       {"http_url_spec": {"url": "https://x", "enable_ssl_verification": "false"}}]
# What the service's clock says, and what becomes of a create whose answer is lost: adopted, or named.
CLOCKS = [(dict(), "adopted"), (dict(timestamps_as_text=True), "adopted"),
          (dict(clock_ms=-60_000), "named"), (dict(clock_ms=60_000), "named"), (dict(clock_ms=-800_000), "named"),
          *((dict(odd_members={"*": {"creation_timestamp": form}}), "named")
            for form in (None, 0, 1.5, "abc", int(time.time()), [], True))]


class MisfitsTest(Case):
    def test_one_odd_webhook_blocks_nobody_else(self):
        self.project.write(TWO)
        self.apply()
        ids = sorted(w["id"] for w in self.workspace.webhooks())
        for members in ODD:
            with self.subTest(members):
                odd = next(w["id"] for w in self.workspace.webhooks() if w["http_url_spec"]["url"].endswith("/b"))
                self.workspace.settings(odd_members={odd: members})
                text = self.refuse("plan")
                self.assertIn('with mlflow_webhook.this["b"]', text)
                self.assertNotIn('with mlflow_webhook.this["a"]', text)
                self.assertNotIn("must be replaced", text)
                self.assertNotIn("1970", text)
                lister = self.make_project()
                lister.write(LIST)
                output = self.apply(project=lister)
                self.assertIn("Webhooks that cannot be read", output.flat)
                self.assertIn("a webhook without an id" if "id" in members else odd, output.flat)
        self.workspace.settings(odd_members={})
        self.assert_plan_is_empty()
        self.assertEqual(sorted(w["id"] for w in self.workspace.webhooks()), ids)

    def test_an_odd_answer_changes_no_state(self):
        self.project.resource(HTTP)
        self.apply()
        before = self.project.attributes()
        other = {"webhook": {"id": "other", "events": ["A"], "http_url_spec": {"url": "https://y"}}}
        failed = {"error_code": "INTERNAL_ERROR", "message": "sorry"}
        for operation, command, body in (("list", "plan", {"webhooks": [], **failed}),
                                         ("list", "plan", {"webhooks": [], "next_page_token": True}),
                                         ("list", "plan", {"webhooks": "x"}),
                                         ("update", "apply", other), ("update", "apply", failed),
                                         ("delete", "destroy", failed), ("delete", "destroy", {"message": "sorry"})):
            with self.subTest(operation=operation, body=body):
                self.project.resource(HTTP + ('\n  description = "new"' if operation == "update" else ""))
                self.workspace.fault("status", operation=operation, status=200, body=json.dumps(body), times=9)
                self.refuse(command, *([] if command == "plan" else ["-auto-approve"]))
                self.workspace.clear_faults()
                self.assertEqual(self.project.attributes(), before)
        self.assertEqual(self.workspace.only()["id"], before["id"])

    def test_what_is_no_answer_concludes_nothing(self):
        page = {"Content-Type": "text/html"}
        answers = [dict(status=200, body=""), dict(status=200, body=" \r\n"), dict(status=204, body=""),
                   dict(status=200, body="null"), dict(status=200, body="[]"), dict(status=200, body='"deleted"'),
                   dict(status=200, body="<html>Welcome</html>", headers=page), dict(status=500, body="")]
        project = self.project
        for answer in answers:
            for acts in (False, True):
                with self.subTest(answer=answer, acts=acts):
                    project.resource(HTTP)
                    self.apply()
                    made = project.attributes()
                    action = "status_after" if acts else "status"
                    # An update is an error in any case, and the state says what is listed.
                    project.resource(HTTP + '\n  description = "new"')
                    self.workspace.fault(action, operation="update", **answer)
                    self.refuse("apply", "-auto-approve")
                    self.assertEqual(project.attributes()["description"], "new" if acts else "")
                    self.assertEqual(project.attributes()["id"], made["id"])
                    # Of a delete a listing tells what became of it.
                    self.workspace.fault(action, operation="delete", **answer)
                    output = project.run("destroy", "-auto-approve")
                    self.assertEqual(output.code, 0 if acts else 1, output.text)
                    self.assertEqual(len(project.state()["resources"]), len(self.workspace.webhooks()))
                    if not acts:
                        self.assertIn("The webhook is still listed, so it stays in the state", output.flat)
                        self.assertEqual(project.run("destroy", "-auto-approve").code, 0)

    def test_two_creates_answered_with_one_id(self):
        self.project.write(TWO)
        answer = {"webhook": {"id": "one", "events": ["MODEL_VERSION_CREATED"], "http_url_spec": {"url": "https://example.com/a"}}}
        self.workspace.fault("status", operation="create", status=200, body=json.dumps(answer), times=9)
        text = self.refuse("apply", "-auto-approve", "-parallelism=1")
        self.assertIn("the id of another webhook, one", text)
        instances = [i["attributes"]["id"] for r in self.project.state()["resources"] for i in r["instances"]]
        self.assertEqual(instances, ["one"])

    def test_every_clock(self):
        for settings, verdict in CLOCKS:
            with self.subTest(settings):
                self.workspace.reset()
                self.workspace.settings(**settings)
                self.workspace.fault("reset_after", operation="create")
                project = self.make_project()
                project.resource(HTTP)
                project.init()
                output = project.run("apply", "-auto-approve")
                webhook_id = self.workspace.only()["id"]
                self.assertEqual(len(self.workspace.requests("create")), 1)
                if verdict == "adopted":
                    self.assertEqual(output.code, 0, output.text)
                    self.assertEqual(project.attributes()["id"], webhook_id)
                else:
                    self.assertEqual(output.code, 1, output.text)
                    self.assertIn("Error: Cannot create the webhook", output.flat)
                    # First what must not be done, then which webhook it is, then what to do with it.
                    first, which, then = (output.flat.find(text) for text in ("Do not apply again", webhook_id, "terraform import"))
                    self.assertTrue(0 < first < which < then, output.flat)
                    self.assertEqual(project.state()["resources"], [])

    def test_a_look_that_fails_for_a_while(self):
        for status in (500, 503):
            with self.subTest(status):
                self.workspace.reset()
                self.workspace.fault("reset_after", operation="create")
                self.workspace.fault("status", operation="list", status=status, times=3)
                project = self.make_project()
                project.resource(HTTP)
                self.apply(project=project)
                self.assertEqual(project.attributes()["id"], self.workspace.only()["id"])

    def test_ctrl_c_while_a_listing_has_no_end(self):
        self.project.resource(HTTP)
        self.project.init()
        self.workspace.fault("reset_after", operation="create")
        self.workspace.fault("hang_before", operation="list", times=9)
        process = self.project.start("apply", "-auto-approve")
        until(lambda: self.workspace.requests("list"), "the listing")
        self.project.interrupt(process)
        text, _ = process.communicate(timeout=30)  # of the call's own 60 s
        self.assertIn("Do not apply again", text)
        self.assertEqual(len(self.workspace.requests("list")), 2)


if __name__ == "__main__":
    unittest.main()
