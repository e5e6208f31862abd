"""The local workspace's deliveries: what a target gets, when, and what is kept of it."""

import hashlib
import hmac
import http.server
import json
import ssl
import subprocess
import tempfile
import threading
import unittest
import urllib.error

from harness import Case, client_of


class Target:
    """An HTTPS server whose certificate nobody trusts."""

    def __init__(self):
        self.got = got = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # pylint: disable=invalid-name
                got.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                            "-keyout", f"{folder}/key", "-out", f"{folder}/cert"], check=True, capture_output=True)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{folder}/cert", f"{folder}/key")
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://localhost:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class DeliveryTest(Case):
    def fire(self, event, **details):
        return self.workspace.control("POST", "events", {"event": event, **details})["delivered"]

    def deliveries(self):
        return self.workspace.control("GET", "deliveries")["deliveries"]

    def target(self, **more):
        return {"url": self.workspace.receiver() + "/hook?from=registry", **more}

    def test_an_event_reaches_the_webhooks_that_want_it(self):
        wanted = {
            self.workspace.create(model_name="churn", http_url_spec=self.target(secret="s3cret", authorization="Bearer a")),
            self.workspace.create(http_url_spec=self.target())}
        self.workspace.create(model_name="fraud", http_url_spec=self.target())
        self.workspace.create(events=["COMMENT_CREATED"], http_url_spec=self.target())
        self.workspace.create(status="DISABLED", http_url_spec=self.target())
        self.workspace.create(status="TEST_MODE", http_url_spec=self.target())
        self.assertEqual(self.fire("MODEL_VERSION_CREATED", model_name="churn", version="3"), 2)
        payloads = {}
        for request in self.workspace.received():
            payload = json.loads(request["body"])
            payloads[payload["webhook_id"]] = (request, payload)
        self.assertEqual(set(payloads), wanted)
        for request, payload in payloads.values():
            self.assertEqual((payload["event"], payload["model_name"], payload["version"]),
                             ("MODEL_VERSION_CREATED", "churn", "3"))
            self.assertGreater(payload["event_timestamp"], 1_600_000_000_000)
            self.assertEqual((request["method"], request["path"]), ("POST", "/hook?from=registry"))
            self.assertEqual(request["headers"]["Content-Type"], "application/json")
        signed = [request for request, _ in payloads.values() if "Authorization" in request["headers"]]
        self.assertEqual([request["headers"]["Authorization"] for request in signed], ["Bearer a"])
        self.assertEqual(signed[0]["headers"]["X-Databricks-Signature"],
                         hmac.new(b"s3cret", signed[0]["body"].encode(), hashlib.sha256).hexdigest())
        self.assertEqual(sum("X-Databricks-Signature" in request["headers"] for request, _ in payloads.values()), 1)

    def test_a_test_delivery_reaches_active_and_test_mode_only(self):
        for status, sent in (("ACTIVE", 1), ("TEST_MODE", 2)):
            webhook = self.workspace.create(status=status, http_url_spec=self.target())
            self.assertEqual(self.workspace.api("test", id=webhook), {"status_code": 200, "body": "received"})
            self.assertEqual(len(self.workspace.received()), sent)
        webhook = self.workspace.create(status="DISABLED", http_url_spec=self.target())
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.workspace.api("test", id=webhook)
        self.assertEqual(refused.exception.code, 400)
        refused.exception.close()
        self.assertEqual(len(self.workspace.received()), 2)
        # The named event, or one of its own.
        webhook = self.workspace.create(events=["COMMENT_CREATED"], http_url_spec=self.target())
        self.workspace.api("test", id=webhook)
        self.workspace.api("test", id=webhook, event="MODEL_VERSION_TRANSITIONED_TO_PRODUCTION")
        first, second = (json.loads(request["body"]) for request in self.workspace.received()[2:])
        self.assertEqual((first["event"], "comment" in first), ("COMMENT_CREATED", True))
        self.assertEqual((second["event"], second["to_stage"]), ("MODEL_VERSION_TRANSITIONED_TO_PRODUCTION", "Production"))

    def test_certificates_are_verified_unless_the_webhook_says_otherwise(self):
        target = Target()
        self.addCleanup(target.close)
        self.workspace.create(http_url_spec={"url": target.url})
        self.fire("MODEL_VERSION_CREATED")
        self.assertEqual(target.got, [])
        self.assertIn("certificate is not trusted", self.deliveries()[0]["failure"])
        self.workspace.create(http_url_spec={"url": target.url, "enable_ssl_verification": False})
        self.fire("MODEL_VERSION_CREATED")
        self.assertEqual(len(target.got), 1)
        self.assertEqual([d["status"] for d in self.deliveries()], [0, 0, 204])

    def test_outcomes_are_kept(self):
        self.workspace.control("PUT", "receiver", {"status": 503, "body": "closed"})
        webhook = self.workspace.create(http_url_spec=self.target())
        self.fire("MODEL_VERSION_CREATED")
        self.assertEqual(self.deliveries(), [{
            "webhook_id": webhook, "event": "MODEL_VERSION_CREATED", "url": self.target()["url"], "status": 503,
            "body": "closed", "failure": ""}])
        self.workspace.control("DELETE", "deliveries")
        self.assertEqual((self.deliveries(), self.workspace.received()), ([], []))

    def test_a_job_is_started_on_record(self):
        webhook = self.workspace.create(job_spec={"job_id": "42", "access_token": "canary-token",
                                                  "workspace_url": "https://other.example"})
        self.assertEqual(self.fire("MODEL_VERSION_CREATED", model_name="churn"), 1)
        self.workspace.api("test", id=webhook)
        runs = self.workspace.control("GET", "runs")["runs"]
        self.assertEqual(len(runs), 2)
        self.assertEqual((runs[0]["job_id"], runs[0]["workspace_url"]), ("42", "https://other.example"))
        self.assertEqual(json.loads(runs[0]["event_message"])["model_name"], "churn")
        self.assertNotIn("canary-token", json.dumps(runs))
        self.assertEqual(runs[0]["access_token"], "sha256:" + hashlib.sha256(b"canary-token").hexdigest())

    def test_from_terraform_to_the_verified_signature(self):
        """What the demo shows: made by Terraform, fired, received, and the signature checked by the provider itself."""
        self.project.client = client_of("1.11")
        self.project.resource(f"""
  events        = ["MODEL_VERSION_CREATED"]
  http_url_spec = {{
    url    = "{self.workspace.receiver()}/hook"
    secret = "s3cret"
  }}""")
        self.apply()
        self.assertEqual(self.fire("MODEL_VERSION_CREATED", model_name="churn"), 1)
        (request,) = self.workspace.received()
        (self.project.folder / "body.json").write_text(request["body"])
        self.project.write(f"""
output "verified" {{
  value = provider::mlflow::verify_hmac_sha256_hex("s3cret", file("body.json"),
    "{request['headers']['X-Databricks-Signature']}")
}}""", "receiver.tf")
        self.assertIn("verified = true", self.apply().text)


if __name__ == "__main__":
    unittest.main()
