"""The local workspace as a proxy before another server: what it passes on, and the faults that it plays there."""

import subprocess
import unittest
import urllib.error

from harness import Workspace, setting

TARGET = {"http_url_spec": {"url": "https://example.com/hook", "secret": "canary"}}


class ProxyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workspace = Workspace()
        cls.addClassCleanup(cls.workspace.close)
        cls.proxy = Workspace("--upstream", cls.workspace.url.removeprefix("http://"))
        cls.addClassCleanup(cls.proxy.close)

    def setUp(self):
        self.workspace.reset()
        self.proxy.reset()

    def test_a_request_goes_through_and_is_logged(self):
        made = self.proxy.create(**TARGET)
        self.assertEqual(self.workspace.only()["id"], made)
        self.assertEqual(self.proxy.webhooks(), [])  # its control path is its own
        (logged,) = self.proxy.requests()
        self.assertEqual((logged["method"], logged["path"].rsplit("/", 1)[1], logged["status"], logged["fault"]),
                         ("POST", "create", 200, ""))
        self.assertNotIn("canary", str(logged))
        with self.assertRaises(urllib.error.HTTPError):
            self.proxy.api("update", id="9" * 32, status="ACTIVE")
        self.assertEqual([r["status"] for r in self.proxy.requests()], [200, 404])

    def test_an_answer_is_lost_after_the_server_has_acted(self):
        for action in ("reset_after", "close_after"):
            with self.subTest(action):
                self.workspace.reset()
                self.proxy.fault(action, operation="create")
                with self.assertRaises(OSError):
                    self.proxy.create(**TARGET)
                self.assertEqual(len(self.workspace.webhooks()), 1)
                self.assertEqual(self.proxy.requests()[-1]["fault"], action)

    def test_a_request_is_lost_before_the_server_sees_it(self):
        for action in ("reset_before", "close_before"):
            with self.subTest(action):
                self.proxy.fault(action, operation="create")
                with self.assertRaises(OSError):
                    self.proxy.create(**TARGET)
        self.assertEqual(self.workspace.requests(), [])

    def test_a_status_comes_instead_of_acting_or_after_it(self):
        for action, webhooks in (("status", 0), ("status_after", 1)):
            with self.subTest(action):
                self.proxy.fault(action, status=503)
                with self.assertRaises(urllib.error.HTTPError) as refused:
                    self.proxy.create(**TARGET)
                self.assertEqual(refused.exception.code, 503)
                self.assertEqual(len(self.workspace.webhooks()), webhooks)

    def test_headers_are_replaced(self):
        for headers in ({"Host": "foreign.example"}, {"Origin": "https://foreign.example"}):
            with self.subTest(headers):
                self.proxy.fault("request_headers", headers=headers)
                with self.assertRaises(urllib.error.HTTPError) as refused:
                    self.proxy.create(**TARGET)
                self.assertEqual(refused.exception.code, 403)
        self.assertEqual(self.proxy.create(**TARGET), self.workspace.only()["id"])

    def test_a_late_answer_is_the_real_one(self):
        self.proxy.fault("delay", interval_ms=1)
        self.assertEqual(self.proxy.create(**TARGET), self.workspace.only()["id"])
        self.assertEqual(self.proxy.requests()[0]["fault"], "delay")

    def test_what_it_does_not_take(self):
        for arguments, says in ((("--upstream", "localhost"), "a host and a port"),
                                (("--upstream", ":80"), "a host and a port"),
                                (("--upstream", "h:1", "--tls", "c", "k"), "excludes --tls")):
            with self.subTest(arguments):
                run = subprocess.run([setting("WORKSPACE"), *arguments], capture_output=True, text=True, check=False)
                self.assertEqual(run.returncode, 2)
                self.assertIn(says, run.stderr)


if __name__ == "__main__":
    unittest.main()
