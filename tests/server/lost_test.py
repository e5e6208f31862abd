"""Answers of a real MLflow server that are lost, late, cut or strange: nothing is doubled, forgotten or dropped."""

import unittest

from servers import HEAD, ServerCase, until

LOST = ({"action": "reset_after"}, {"action": "close_after"}, {"action": "cut_body"},
        {"action": "status_after", "status": 500, "body": "<!doctype html><title>500</title>"},
        {"action": "status_after", "status": 503, "error_code": "TEMPORARILY_UNAVAILABLE",
         "message": "(sqlite3.OperationalError) database is locked"},
        {"action": "status_after", "status": 502}, {"action": "status_after", "status": 504},
        {"action": "html"}, {"action": "empty_body"}, {"action": "malformed_body"}, {"action": "other_shape"})
NEVER_ACTED = ({"action": "reset_before"}, {"action": "close_before"}, {"action": "status", "status": 503},
               {"action": "status", "status": 429, "headers": {"Retry-After": "0"}},
               {"action": "status", "status": 500, "body": "<!doctype html><title>500</title>"})


class LostTest(ServerCase):
    def test_a_create_whose_answer_is_lost_is_adopted(self):
        for fault in LOST:
            with self.subTest(fault):
                self.setUp()
                self.server.create(name="hook", description="somebody else's")
                self.webhook(description='"ours"', secret='"canary"')
                self.workspace.fault(method="POST", operation="webhooks", **fault)
                self.project.init()
                self.project.run("apply", "-auto-approve")
                self.workspace.clear_faults()
                self.apply()
                ours = [w for w in self.server.webhooks() if w["description"] == "ours"]
                self.assertEqual([w["webhook_id"] for w in ours], [self.attributes()["id"]])
                self.assertEqual(len(self.server.webhooks()), 2)
                self.assert_plan_is_empty()

    def test_a_create_that_never_acted_is_made_once(self):
        for fault in NEVER_ACTED:
            with self.subTest(fault):
                self.setUp()
                self.webhook()
                self.workspace.fault(method="POST", operation="webhooks", **fault)
                self.project.init()
                self.project.run("apply", "-auto-approve")
                self.workspace.clear_faults()
                self.apply()
                self.assertEqual(self.server.only()["webhook_id"], self.attributes()["id"])
                self.assert_plan_is_empty()

    def make_lookalike(self, older):
        made = self.server.create(name="hook")
        self.server.sql(f"UPDATE webhooks SET creation_timestamp = creation_timestamp - {older}")
        self.webhook()
        self.workspace.fault("reset_before", method="POST", operation="webhooks")
        return made

    def test_an_older_lookalike_is_not_adopted(self):
        older = self.make_lookalike(older=3_600_000)
        self.apply()
        self.assertNotEqual(self.attributes()["id"], older)
        self.assertEqual(len(self.server.webhooks()), 2)

    def test_a_lookalike_that_may_be_ours_is_named(self):
        older = self.make_lookalike(older=60_000)
        self.assertIn(older, self.refuse("apply", "-auto-approve"))
        self.assertEqual(self.server.only()["webhook_id"], older)

    def test_many_lost_at_once_are_told_apart(self):
        self.project.write(HEAD + """
            resource "mlflow_server_webhook" "this" {
              count  = 8
              name   = "hook"
              url    = "https://example.com/hook"
              events = ["model_version.created"]
            }""")
        self.workspace.fault("reset_after", method="POST", operation="webhooks", times=3)
        self.project.init()
        self.project.run("apply", "-auto-approve")
        self.workspace.clear_faults()
        self.apply()
        (resource,) = self.project.state()["resources"]
        self.assertEqual({i["attributes"]["id"] for i in resource["instances"]},
                         {w["webhook_id"] for w in self.server.webhooks()})
        self.assertEqual(len(self.server.webhooks()), 8)

    def test_an_update_and_a_destroy_whose_answers_are_lost(self):
        for number, fault in enumerate(LOST):
            with self.subTest(fault):
                self.webhook()
                self.apply()
                self.webhook(name=f'"changed-{number}"')
                self.workspace.fault(method="PATCH", **fault)
                self.project.run("apply", "-auto-approve")
                self.workspace.clear_faults()
                self.apply()
                self.assertEqual(self.server.only()["name"], f"changed-{number}")
                self.assert_plan_is_empty()
                self.workspace.fault(method="DELETE", **fault)
                self.project.run("destroy", "-auto-approve")
                self.workspace.clear_faults()
                self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
                self.assertEqual(self.server.webhooks(), [])

    def test_an_interrupted_create_is_not_forgotten(self):
        self.webhook()
        self.project.init()
        self.workspace.fault("hang_after", method="POST", operation="webhooks")
        process = self.project.start("apply", "-auto-approve")
        until(self.server.webhooks, "the create")
        self.project.interrupt(process)
        process.communicate(timeout=120)
        self.workspace.clear_faults()
        self.apply()
        self.assertEqual(self.server.only()["webhook_id"], self.attributes()["id"])

    def test_a_read_of_another_form_is_an_error_and_keeps_the_state(self):
        self.webhook()
        for fault in ({"action": "html"}, {"action": "empty_body"}, {"action": "malformed_body"}, {"action": "other_shape"},
                      {"action": "status", "status": 404, "body": "<!doctype html><title>404</title>"},
                      {"action": "status", "status": 404, "error_code": "ENDPOINT_NOT_FOUND"},
                      {"action": "status", "status": 404, "error_code": "NOT_FOUND"},
                      {"action": "status", "status": 410, "error_code": "RESOURCE_DOES_NOT_EXIST"},
                      {"action": "status", "status": 200, "error_code": "RESOURCE_DOES_NOT_EXIST"},
                      {"action": "status", "status": 400, "error_code": "RESOURCE_DOES_NOT_EXIST"},
                      {"action": "status", "status": 500, "error_code": "INTERNAL_ERROR", "message": ""}):
            with self.subTest(fault):
                self.apply()
                made = self.attributes()
                self.workspace.fault(method="GET", operation=made["id"], times=99, **fault)
                self.refuse("apply", "-auto-approve")
                self.workspace.clear_faults()
                self.assertEqual(self.attributes(), made)
        self.assert_plan_is_empty()

    def test_gone_needs_a_listing_that_answers(self):
        self.webhook()
        self.apply()
        made = self.attributes()
        self.server.remove(made["id"])
        for fault in ({"action": "status", "status": 404, "error_code": "RESOURCE_DOES_NOT_EXIST"},
                      {"action": "status", "status": 403, "error_code": "PERMISSION_DENIED"},
                      {"action": "status", "status": 500, "error_code": "INTERNAL_ERROR", "message": ""},
                      {"action": "html"}, {"action": "other_shape"}, {"action": "empty_body"}):
            for command in (("apply", "-auto-approve"), ("destroy", "-auto-approve", "-refresh=false")):
                with self.subTest(fault, command=command):
                    self.workspace.fault(method="GET", operation="webhooks", times=99, **fault)
                    self.refuse(*command)
                    self.workspace.clear_faults()
                    self.assertEqual(self.attributes(), made)
        self.apply()
        self.assertNotEqual(self.attributes()["id"], made["id"])

    def test_another_address_than_last_seen_is_no_proof(self):
        self.webhook()
        self.apply()
        made = self.attributes()
        elsewhere = self.server.url  # the same server, without the proxy: but who could tell
        self.server.remove(made["id"])
        refused = self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_URI=elsewhere)
        self.assertIn(self.address.removeprefix("http://"), refused)
        self.assertEqual(self.attributes(), made)
        # Another spelling of the same address is the same.
        self.apply(MLFLOW_TRACKING_URI=self.address.replace("http:", "HTTP:") + "/")
        self.assertNotEqual(self.attributes()["id"], made["id"])


if __name__ == "__main__":
    unittest.main()
