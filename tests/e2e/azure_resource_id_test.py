"""A workspace on Azure that is known by its resource id alone: its name in states, in identities and in messages. Azure itself
is played by a proxy, at which all calls end."""

import contextlib
import http.client
import http.server
import json
import pathlib
import ssl
import tempfile
import threading
import unittest

from harness import HEAD, Case, client_of, make_authority

RESOURCE_ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/w"
HOST = "adb-1.2.azuredatabricks.net"
LOGIN = "login.microsoftonline.com"
MANAGEMENT = "management.azure.com"

IMPORT = """
import {
  to = mlflow_webhook.this
  identity = {
    host = "%s"
    id   = "%s"
  }
}
resource "mlflow_webhook" "this" {
  events   = ["MODEL_VERSION_CREATED"]
  job_spec = { job_id = "42" }
}
"""


class Azure:
    """An HTTPS proxy that answers in place of Entra ID and the resource manager, and passes on what is for the workspace."""

    def __init__(self, workspace, folder):
        self.authority, certificate, key = make_authority(folder, f"DNS:{HOST}, DNS:{LOGIN}, DNS:{MANAGEMENT}")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        azure = self
        self.workspace = workspace
        self.down = False  # the workspace does not answer with JSON

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_CONNECT(self):  # pylint: disable=invalid-name
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                self.connection = context.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb", buffering=0)
                self.close_connection = False

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, answer = azure.answer(self.command, self.headers["Host"], self.path, dict(self.headers), body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PATCH = do_DELETE = answer

            def finish(self):
                super().finish()
                self.connection.close()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, method, host, path, headers, body):
        if host == LOGIN:
            return 200, json.dumps({"access_token": self.workspace.token, "expires_in": "3600"}).encode()
        if host == MANAGEMENT:
            found = path.split("?")[0] == RESOURCE_ID
            return (200, json.dumps({"properties": {"workspaceUrl": HOST}}).encode()) if found else (404, b"{}")
        if self.down:
            return 200, b"no JSON"
        address = self.workspace.url.removeprefix("http://")
        with contextlib.closing(http.client.HTTPConnection(address, timeout=60)) as connection:
            connection.request(method, path, body, {name: headers[name] for name in ("Authorization", "Content-Type")
                                                    if name in headers})
            answer = connection.getresponse()
            return answer.status, answer.read()


class AzureResourceIdTest(Case):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.azure = Azure(self.workspace, pathlib.Path(folder.name))
        self.addCleanup(self.azure.close)
        self.job = self.workspace.create(job_spec={"job_id": "42", "access_token": "canary-t"})

    def make_project(self, client=None):
        project = super().make_project(client)
        for name in ("DATABRICKS_HOST", "DATABRICKS_TOKEN"):
            del project.environment[name]
        return project

    def named_by_id(self, line):
        project = self.make_project(client_of(line))
        project.environment.update(
            HTTPS_PROXY=self.azure.url, SSL_CERT_FILE=str(self.azure.authority), DATABRICKS_AZURE_RESOURCE_ID=RESOURCE_ID,
            ARM_CLIENT_ID="client", ARM_CLIENT_SECRET="canary-secret", ARM_TENANT_ID="tenant")
        project.write(HEAD)
        project.init()
        return project

    def test_what_the_list_emits_is_imported(self):
        self.workspace.create(model_name="churn", http_url_spec={"url": "https://hooks.example/x"})
        before = self.workspace.webhooks()
        for line in ("1.14", "1.15"):
            with self.subTest(line):
                project = self.named_by_id(line)
                project.write('list "mlflow_webhook" "all" {\n  provider = mlflow\n}\n', "all.tfquery.hcl")
                output = project.run("query", "-generate-config-out=generated.tf")
                self.assertEqual(output.code, 0, output.text)
                self.assertEqual((project.folder / "generated.tf").read_text().count(f'"{RESOURCE_ID}"'), 2)
                self.assertIn("2 to import, 0 to add, 0 to change, 0 to destroy", self.plan(project=project).text)
                self.assertIn("2 imported, 0 added, 0 changed", self.apply(project=project).text)
                self.assert_plan_is_empty(project=project)
                self.assertEqual(self.workspace.webhooks(), before)

    def test_every_way_to_write_the_identity(self):
        for line in ("1.12", "1.15"):
            for host in (RESOURCE_ID, RESOURCE_ID.upper(), RESOURCE_ID[1:], f"https://{HOST}", f"{HOST}/"):
                with self.subTest(f"{line} {host}"):
                    project = self.named_by_id(line)
                    project.write(HEAD + IMPORT % (host, self.job))
                    self.assertIn("1 to import, 0 to add, 0 to change", self.plan(project=project).text)
                    self.apply(project=project)
                    self.assert_plan_is_empty(project=project)

    def test_another_workspace_is_refused_by_name(self):
        project = self.named_by_id("1.15")
        project.write(HEAD + IMPORT % ("/subscriptions/s/resourceGroups/g/other", self.job))
        text = self.refuse("plan", project=project)
        self.assertIn("Identity of another workspace", text)
        self.assertIn(f"configured for {RESOURCE_ID}", text)

    def test_messages_name_the_workspace(self):
        project = self.named_by_id("1.15")
        project.write(HEAD + IMPORT % (RESOURCE_ID, self.job))
        self.azure.down = True
        self.assertIn(f"on {RESOURCE_ID}: 200, but the answer is", self.refuse("plan", project=project))


if __name__ == "__main__":
    unittest.main()
