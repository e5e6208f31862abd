"""Ctrl-C in the middle of an apply: nothing doubled, nothing lost, and nobody waits for it."""

import unittest

from harness import HTTP, Case, until

TWENTY = """
resource "mlflow_webhook" "many" {
  count  = 20
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url = "https://example.com/${count.index}"
  }
}
"""


class InterruptTest(Case):
    def ids_in_state(self):
        return sorted(i["attributes"]["id"] for r in self.project.state()["resources"] for i in r["instances"])

    def test_creates_under_way_are_kept(self):
        from harness import HEAD
        self.project.write(HEAD + TWENTY)
        self.project.init()
        self.workspace.settings(latency_ms=700)
        process = self.project.start("apply", "-auto-approve")
        until(lambda: self.workspace.requests("create"), "the first create")
        self.project.interrupt(process)
        text, _ = process.communicate(timeout=120)
        self.assertNotEqual(process.returncode, 0, text)
        there = sorted(w["id"] for w in self.workspace.webhooks())
        self.assertEqual(self.ids_in_state(), there, text)
        self.assertTrue(0 < len(there) < 20, len(there))
        tainted = [i for r in self.project.state()["resources"] for i in r["instances"] if i.get("status") == "tainted"]
        self.assertEqual(tainted, [])

        self.workspace.settings(latency_ms=0)
        self.workspace.forget()
        self.apply()
        self.assertEqual(len(self.workspace.requests("create")), 20 - len(there))
        self.assertEqual(self.ids_in_state(), sorted(w["id"] for w in self.workspace.webhooks()))
        self.assert_plan_is_empty()

    def test_a_read_ends(self):
        self.project.resource(HTTP)
        self.apply()
        self.workspace.fault("hang_before", operation="list", times=9)
        process = self.project.start("plan")
        until(lambda: self.workspace.requests("list")[1:] or self.workspace.requests("list"), "the listing")
        self.project.interrupt(process)
        # Well before the call's own time-out of 60 s.
        text, _ = process.communicate(timeout=30)
        self.assertIn("stopped", text)

    def test_a_wait_ends(self):
        self.project.resource(HTTP)
        self.workspace.fault("status", operation="create", status=429, times=9, headers={"Retry-After": "250"})
        self.project.init()
        process = self.project.start("apply", "-auto-approve")
        until(lambda: self.workspace.requests("create"), "the create")
        self.project.interrupt(process)
        process.communicate(timeout=30)
        self.assertEqual(len(self.workspace.requests("create")), 1)
        self.assertEqual(self.workspace.webhooks(), [])


if __name__ == "__main__":
    unittest.main()
