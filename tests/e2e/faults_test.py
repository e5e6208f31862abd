"""A sample of the fault matrix (tests/faults) through the real client: after a fault and one more plain apply, state and
workspace agree, there is one webhook for each resource, and no secret was shown."""

import unittest

from harness import JOB, Case, until

SECRETS = ["canary-header", "canary-token"]
HTTP = """
  events      = ["MODEL_VERSION_CREATED"]
  description = "%s"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = "canary-header"
  }"""

# What goes wrong, at which call, and whether the run that it strikes heals by itself. Time-outs are shortened to 1 s
# for the one hang and the one trickle.
FAULTS = [
    ("create", dict(action="reset_before"), True),
    ("create", dict(action="reset_after"), True),
    ("create", dict(action="cut_body"), True),
    ("create", dict(action="html"), True),
    ("create", dict(action="status_after", status=503), True),
    ("create", dict(action="status", status=429, headers={"Retry-After": "1"}), True),
    ("create", dict(action="status", status=403, error_code="PERMISSION_DENIED"), False),
    ("create", dict(action="hang_after"), True),
    ("list", dict(action="reset_after"), True),
    ("list", dict(action="cut_body"), True),
    ("list", dict(action="empty_body"), False),
    ("list", dict(action="other_shape"), False),
    ("list", dict(action="html"), False),
    ("update", dict(action="reset_after"), True),
    ("update", dict(action="status_after", status=500), False),
    ("update", dict(action="trickle", interval_ms=1000), True),
    ("delete", dict(action="reset_after"), True),
    ("delete", dict(action="close_after"), True),
    ("delete", dict(action="status_after", status=500), True),  # a look shows that it is gone
]


class FaultsTest(Case):
    def strike(self, operation, fault):
        """Whether the run that the fault strikes ends well."""
        provider = 'provider "mlflow" {\n  http_timeout_seconds = 1\n}\n'
        slow = fault["action"] in ("hang_after", "trickle")
        project = self.make_project()
        self.workspace.reset()
        head = provider if slow else ""
        project.resource(HTTP % "before", head)
        project.init()
        if operation != "create":
            self.apply(project=project)
        if operation in ("list", "update"):
            project.resource(HTTP % "after", head)
        self.workspace.fault(operation=operation, **fault)
        command = ["destroy"] if operation == "delete" else ["apply"]
        struck = project.run(*command, "-auto-approve")
        self.assertTrue([r for r in self.workspace.requests() if r["fault"]], "the fault has not struck")
        self.workspace.clear_faults()
        again = project.run(*command, "-auto-approve")
        self.assertEqual(again.code, 0, again.text)
        ids = [w["id"] for w in self.workspace.webhooks()]
        if operation == "delete":
            self.assertEqual(ids, [])
            self.assertEqual(project.state()["resources"], [])
        else:
            self.assertEqual(ids, [project.attributes()["id"]])
            self.assert_plan_is_empty(project=project)
        for text in (struck.text, again.text):
            for secret in [*SECRETS, self.workspace.token]:
                self.assertNotIn(secret, text)
        return struck.code == 0

    def test_one_more_apply_ends_well(self):
        for operation, fault, heals in FAULTS:
            with self.subTest(operation=operation, fault=fault):
                healed = self.strike(operation, fault)
                print(f"{operation:8} {fault['action']:14} {fault.get('status', ''):4} "
                      f"{'healed by itself' if healed else 'healed by the next apply'}", flush=True)
                self.assertEqual(healed, heals)

    def test_equal_resources_stay_two_webhooks(self):
        self.project.resource(JOB + "\n  count = 2")
        self.workspace.fault("reset_after", operation="create", times=2)
        self.apply()
        ids = sorted(w["id"] for w in self.workspace.webhooks())
        self.assertEqual(len(ids), 2)
        instances = self.project.state()["resources"][0]["instances"]
        self.assertEqual(sorted(i["attributes"]["id"] for i in instances), ids)
        self.assert_plan_is_empty()

    def test_an_interrupt_does_not_lose_a_create(self):
        self.project.resource(HTTP % "before")
        self.project.init()
        self.workspace.settings(latency_ms=1500)
        self.workspace.fault("reset_after", operation="create")
        process = self.project.start("apply", "-auto-approve")
        # The answer is lost, and the listing that looks for the webhook is on its way for another 1.5 s.
        until(lambda: self.workspace.requests("create"), "the create")
        self.project.interrupt(process)
        text, _ = process.communicate(timeout=120)
        self.assertEqual([w["id"] for w in self.workspace.webhooks()], [self.project.attributes()["id"]], text)


if __name__ == "__main__":
    unittest.main()
