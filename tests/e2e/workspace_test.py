"""The local workspace as a program: what it prints, keeps, and how it plays faults of connections."""

import http.client
import json
import subprocess
import tempfile
import unittest
import urllib.parse

from harness import Workspace, setting

BODY = json.dumps({"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://x"}})
PATH = "/api/2.0/mlflow/registry-webhooks/"


class WorkspaceTest(unittest.TestCase):
    def start(self, *arguments):
        workspace = Workspace(*arguments)
        self.addCleanup(workspace.close)
        return workspace

    def connect(self, workspace):
        connection = http.client.HTTPConnection(urllib.parse.urlparse(workspace.url).netloc, timeout=20)
        self.addCleanup(connection.close)
        return connection

    def headers(self, workspace, **more):
        return {"Authorization": f"Bearer {workspace.token}", "Content-Type": "application/json", **more}

    def create(self, workspace, connection=None):
        connection = connection or self.connect(workspace)
        connection.request("POST", PATH + "create", BODY, self.headers(workspace))
        answer = connection.getresponse()
        return answer.status, answer.read()

    def test_usage(self):
        for arguments, word in ((["--port", "x"], "--port"), (["--what"], "unknown"), (["--state"], "needs a value")):
            done = subprocess.run([setting("WORKSPACE"), *arguments], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(word, done.stderr)
        self.assertIn("--state FILE", subprocess.run([setting("WORKSPACE"), "--help"], capture_output=True, text=True,
                                                     check=True).stdout)

    # A page may send a form without asking first, so a body of that type is refused, and not logged either.
    def test_a_body_that_curl_calls_a_form_is_refused_and_shows_no_secret(self):
        workspace = self.start()
        body = json.dumps({"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://x", "secret": "canary"}})
        connection = self.connect(workspace)
        headers = self.headers(workspace, **{"Content-Type": "application/x-www-form-urlencoded"})
        connection.request("POST", PATH + "create", body, headers)
        self.assertEqual(connection.getresponse().status, 415)
        self.assertEqual(workspace.webhooks(), [])
        self.assertNotIn("canary", json.dumps(workspace.requests()))

    def test_keeps_web_pages_out(self):
        workspace = self.start("--host-name", "first.test", "--host-name", "second.test")
        self.create(workspace)
        own = urllib.parse.urlparse(workspace.url).netloc
        foreign = {"Origin": "https://evil.example"}
        for method, path, headers, status in (
                ("POST", "/control/reset", foreign, 403),
                ("POST", "/control/reset", {"Origin": "null"}, 403),
                ("POST", "/control/reset", {"Content-Type": "text/plain"}, 415),
                ("PUT", "/control/settings", foreign, 403),
                ("DELETE", "/control/requests", foreign, 403),
                ("POST", PATH + "create", foreign, 403),
                ("POST", PATH + "create", {"Content-Type": "text/plain"}, 415),
                ("GET", "/control/webhooks", {"Host": "evil.example"}, 403),
                ("GET", PATH + "list", {"Host": "evil.example"}, 403),
                ("POST", "/control/reset", {"Host": "evil.example", "Origin": "http://evil.example"}, 403),
                ("GET", PATH + "list", {"Host": "first.test"}, 200),
                ("GET", PATH + "list", {"Host": "second.test:80"}, 200),
                ("GET", PATH + "list", {"Host": "localhost"}, 200),
                ("GET", PATH + "list", {"Host": "10.1.2.3:8080"}, 200),
                ("PUT", "/control/settings", {"Origin": f"http://{own}"}, 200)):
            with self.subTest(method=method, path=path, headers=headers):
                connection = self.connect(workspace)
                connection.request(method, path, BODY if path.startswith(PATH) else "{}", self.headers(workspace, **headers))
                self.assertEqual(connection.getresponse().status, status)
        self.assertEqual(len(workspace.webhooks()), 1)

    def test_keeps_its_state(self):
        with tempfile.TemporaryDirectory() as folder:
            first = Workspace("--state", f"{folder}/state.json")
            self.create(first)
            kept = first.webhooks()
            first.close()
            self.assertEqual(self.start("--state", f"{folder}/state.json").webhooks(), kept)

    def test_faults_of_connections(self):
        workspace = self.start()
        # What the client sees, and whether the workspace has acted.
        for action, error, acted in (("reset_before", ConnectionError, 0), ("reset_after", ConnectionError, 1),
                                     ("close_before", http.client.RemoteDisconnected, 0),
                                     ("close_after", http.client.RemoteDisconnected, 1),
                                     ("cut_body", http.client.IncompleteRead, 1)):
            with self.subTest(action):
                workspace.reset()
                workspace.fault(action, operation="create")
                with self.assertRaises(error):
                    self.create(workspace)
                self.assertEqual(len(workspace.webhooks()), acted)
                self.assertEqual(self.create(workspace)[0], 200)

    def test_faults_of_answers(self):
        workspace = self.start()
        for fault, status, body in (
                (dict(action="status", status=429, headers={"Retry-After": "7"}), 429, b"error_code"),
                (dict(action="status_after", status=503), 503, b"error_code"), (dict(action="html"), 200, b"<html"),
                (dict(action="empty_body"), 200, b""), (dict(action="trickle", interval_ms=0), 200, b"webhook")):
            with self.subTest(fault=fault):
                workspace.fault(operation="create", **fault)
                answer = self.create(workspace)
                self.assertEqual(answer[0], status)
                self.assertIn(body, answer[1])

    def test_strikes_reused_connections_only(self):
        workspace = self.start()
        workspace.fault("reset_after", operation="create", reused_only=True)
        connection = self.connect(workspace)
        self.assertEqual(self.create(workspace, connection)[0], 200)
        with self.assertRaises(ConnectionError):
            self.create(workspace, connection)
        first, second = (r["connection"] for r in workspace.requests("create"))
        self.assertEqual(first, second)

    def test_hangs_until_the_client_goes(self):
        workspace = self.start()
        workspace.fault("hang_after", operation="create")
        connection = http.client.HTTPConnection(urllib.parse.urlparse(workspace.url).netloc, timeout=0.3)
        with self.assertRaises(TimeoutError):
            self.create(workspace, connection)
        connection.close()
        self.assertEqual(len(workspace.webhooks()), 1)

    def test_log_hides_secrets(self):
        workspace = self.start()
        connection = self.connect(workspace)
        body = BODY.replace('"https://x"', '"https://x", "secret": "canary"')
        connection.request("POST", PATH + "create", body, self.headers(workspace))
        connection.getresponse().read()
        self.assertNotIn("canary", json.dumps(workspace.requests()))
        self.assertIn("sha256:", json.dumps(workspace.requests()))


if __name__ == "__main__":
    unittest.main()
