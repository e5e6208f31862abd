"""Each way to sign in, through the real client: against a front of the workspace that also is its token endpoint, GitHub's
issuer and the metadata service."""

import base64
import http.server
import json
import os
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

from harness import HEAD, HTTP, JOB, Case

SECRET = "m2m-s3cret-canary"
ID_TOKEN = "id-t0ken-canary"
REQUEST_TOKEN = "request-t0ken-canary"
OIDC = "/oidc/.well-known/oauth-authorization-server"


class Front:
    """Passes API calls on to a workspace and answers sign-in calls itself, with the workspace's token."""

    def __init__(self, workspace):
        self.workspace, self.calls, self.tokens, self.headers = workspace, [], [], []
        front = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, text = front.handle(self.command, self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_DELETE = answer  # pylint: disable=invalid-name

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def reset(self):
        self.calls, self.tokens, self.headers = [], [], []

    def handle(self, method, path, headers, body):
        if path.startswith("/api/"):
            self.headers.append(dict(headers))
            return self.forward(method, path, headers, body)
        name = urllib.parse.urlparse(path).path
        self.calls.append(f"{method} {name}")
        parameters = dict(urllib.parse.parse_qsl(body.decode()) or urllib.parse.parse_qsl(urllib.parse.urlparse(path).query))
        status, answer = self.sign_in(name, headers, parameters)
        return status, json.dumps(answer).encode()

    def forward(self, method, path, headers, body):
        request = urllib.request.Request(self.workspace.url + path, method=method, data=body or None)
        for name in ("Authorization", "Content-Type"):
            if headers.get(name):
                request.add_header(name, headers[name])
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def token(self):
        value = self.tokens.pop(0) if self.tokens else self.workspace.token
        return 200, {"access_token": value, "token_type": "Bearer", "expires_in": 3600}

    def sign_in(self, name, headers, parameters):
        if name == OIDC:
            return 200, {"token_endpoint": self.url + "/token", "authorization_endpoint": self.url}
        if name == "/token" and parameters.get("grant_type") == "client_credentials":
            expected = base64.b64encode(f"principal:{SECRET}".encode()).decode()
            if headers.get("Authorization") == f"Basic {expected}":
                return self.token()
            return 401, {"error": "invalid_client", "error_description": "Client authentication failed"}
        if name == "/token" and parameters.get("subject_token") == ID_TOKEN:
            return self.token()
        if name == "/idtoken" and headers.get("Authorization") == f"Bearer {REQUEST_TOKEN}":
            return (200, {"value": ID_TOKEN}) if parameters.get("audience") == self.url + "/token" else (400, {})
        if name == "/metadata" and headers.get("X-Databricks-Host") == self.url:
            return 200, {"access_token": self.workspace.token, "token_type": "Bearer", "expires_on": 4102444800}
        return 404, {}


class AuthTest(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.front = Front(cls.workspace)
        cls.addClassCleanup(cls.front.close)

    def setUp(self):
        super().setUp()
        self.front.reset()
        del self.project.environment["DATABRICKS_TOKEN"]
        self.project.environment["DATABRICKS_HOST"] = self.front.url
        self.project.resource(HTTP)

    def file(self, name, text, mode=0o600):
        path = self.project.root / name
        path.write_text(text)
        path.chmod(mode)
        return str(path)

    def assert_signs_in(self, *calls, **environment):
        """Creates, plans nothing, and makes the sign-in calls `calls` once for each run."""
        log = self.project.root / "trace.log"
        output = self.apply(TF_LOG_PROVIDER="TRACE", TF_LOG_PATH=str(log), **environment)
        self.assertEqual(len(self.workspace.webhooks()), 1)
        self.assertEqual([c for c in self.front.calls if "databricks-config" not in c], list(calls))
        for text in (output.text, log.read_text()):
            for canary in (SECRET, ID_TOKEN, REQUEST_TOKEN, self.workspace.token):
                self.assertNotIn(canary, text)
        self.assert_plan_is_empty(**environment)

    def test_pat(self):
        self.assert_signs_in(DATABRICKS_TOKEN=self.workspace.token)
        self.assertNotIn("X-Databricks-Workspace-Id", self.front.headers[0])

    def test_pat_in_the_block_with_workspace_id(self):
        self.project.resource(HTTP, f"""
            variable "token" {{ sensitive = true }}
            provider "mlflow" {{
              host  = "{self.front.url}/?o=77"
              token = var.token
            }}
""")
        self.assert_signs_in(TF_VAR_token=self.workspace.token)
        self.assertEqual(self.front.headers[0]["X-Databricks-Workspace-Id"], "77")

    def test_profile(self):
        self.file(".databrickscfg", f"[DEFAULT]\nhost = nowhere.invalid\n[work]\nhost = {self.front.url}\n"
                                    f"token = {self.workspace.token} # mine\n")
        del self.project.environment["DATABRICKS_HOST"]
        self.assert_signs_in(DATABRICKS_CONFIG_PROFILE="work")

    def test_oauth_m2m(self):
        self.assert_signs_in(f"GET {OIDC}", "POST /token", DATABRICKS_CLIENT_ID="principal",
                             DATABRICKS_CLIENT_SECRET=SECRET)

    def test_a_refused_token_is_renewed_once(self):
        """The service refuses an expired OAuth token with 401, and one that it does not know with 403."""
        for stale in ("stale.oauth.token", "stale-token"):
            with self.subTest(stale):
                self.workspace.reset()
                (self.project.folder / "terraform.tfstate").unlink(missing_ok=True)
                self.front.reset()
                self.front.tokens = [stale]
                self.assert_signs_in(f"GET {OIDC}", "POST /token", f"GET {OIDC}", "POST /token",
                                     DATABRICKS_CLIENT_ID="principal", DATABRICKS_CLIENT_SECRET=SECRET)

    def test_databricks_cli(self):
        answer = json.dumps({"access_token": self.workspace.token, "token_type": "Bearer",
                             "expiry": "2099-01-01T00:00:00Z"})
        folder = self.project.root / "bin"
        folder.mkdir()
        self.file("bin/databricks", "#!/bin/sh\n" + f'echo "$*" >> {self.project.root}/calls\n'
                  + f"if [ $1 = version ]; then echo 'Databricks CLI v0.230.0'; else echo '{answer}'; fi\nexit\n"
                  + "#" * (1 << 20), 0o700)
        self.assert_signs_in(PATH=f"{folder}:{os.environ['PATH']}")
        calls = (self.project.root / "calls").read_text().splitlines()
        self.assertEqual(calls[:2], ["version", f"auth token --host {self.front.url}"])

    def test_metadata_service(self):
        self.assert_signs_in("GET /metadata", DATABRICKS_METADATA_SERVICE_URL=f"{self.front.url}/metadata")

    def test_env_oidc(self):
        self.assert_signs_in(f"GET {OIDC}", "POST /token", DATABRICKS_OIDC_TOKEN=ID_TOKEN)

    def test_file_oidc(self):
        path = self.file("id_token", ID_TOKEN + "\n")
        self.assert_signs_in(f"GET {OIDC}", "POST /token", DATABRICKS_OIDC_TOKEN_FILEPATH=path,
                             DATABRICKS_CLIENT_ID="principal", DATABRICKS_AUTH_TYPE="file-oidc")

    def test_github_oidc(self):
        self.assert_signs_in(f"GET {OIDC}", "GET /idtoken", "POST /token",
                             ACTIONS_ID_TOKEN_REQUEST_URL=f"{self.front.url}/idtoken?v=1",
                             ACTIONS_ID_TOKEN_REQUEST_TOKEN=REQUEST_TOKEN)

    def test_credentials_of_the_same_apply(self):
        self.project.resource(HTTP, f"""
            resource "terraform_data" "workspace" {{
              input = {{ host = "{self.front.url}", secret = "{SECRET}" }}
            }}
            provider "mlflow" {{
              host          = terraform_data.workspace.output.host
              client_id     = "principal"
              client_secret = terraform_data.workspace.output.secret
            }}
""")
        del self.project.environment["DATABRICKS_HOST"]
        self.apply()
        self.assertEqual(len(self.workspace.webhooks()), 1)
        self.assert_plan_is_empty()

    def test_a_token_is_lent_only_where_it_signs_in(self):
        self.project.resource(JOB)
        environment = {"DATABRICKS_CLIENT_ID": "principal", "DATABRICKS_CLIENT_SECRET": SECRET}
        self.assertIn("signs in by oauth-m2m and has none to lend", self.refuse("plan", **environment))
        self.apply(DATABRICKS_TOKEN=self.workspace.token)

    def test_conflict(self):
        text = self.refuse("plan", DATABRICKS_TOKEN=self.workspace.token, ARM_CLIENT_ID="a", ARM_CLIENT_SECRET=SECRET)
        for part in ("token from the variable DATABRICKS_TOKEN", "azure_client_id from the variable ARM_CLIENT_ID",
                     "azure_client_secret from the variable ARM_CLIENT_SECRET", "auth_type = pat"):
            self.assertIn(part, text)
        self.assertEqual(text.count("Error:"), 1)
        self.assertNotIn(SECRET, text)
        self.assertEqual(self.front.calls, [])
        self.apply(DATABRICKS_TOKEN=self.workspace.token, ARM_CLIENT_ID="a", ARM_CLIENT_SECRET=SECRET,
                   DATABRICKS_AUTH_TYPE="pat")

    def test_nothing_configured(self):
        self.project.write(HEAD + "".join(f'resource "mlflow_webhook" "w{i}" {{{HTTP}\n}}\n' for i in range(3)))
        text = self.refuse("plan", PATH="/usr/bin:/bin")
        self.assertEqual(text.count("Error:"), 1)  # once, not for each resource
        for name in ("pat", "basic", "oauth-m2m", "databricks-cli", "metadata-service", "github-oidc",
                     "azure-devops-oidc", "env-oidc", "file-oidc", "github-oidc-azure", "azure-msi",
                     "azure-client-secret", "azure-cli", "google-credentials", "google-id"):
            self.assertIn(f" {name}: ", text)
        for part in ("DATABRICKS_TOKEN", "DATABRICKS_CLIENT_ID", f"databricks auth login --host {self.front.url}"):
            self.assertIn(part, text)
        self.assertEqual(self.front.calls, [])

    def test_nothing_configured_matters_only_where_something_is_managed(self):
        self.project.write(HEAD + 'provider "mlflow" {}\n')
        self.project.init()
        output = self.project.run("plan", DATABRICKS_HOST="")
        self.assertEqual(output.code, 0, output.text)

    def test_profile_missing(self):
        text = self.refuse("plan", DATABRICKS_CONFIG_PROFILE="prod")
        self.assertIn(f"{self.project.root}/.databrickscfg", text)
        self.assertIn("profile prod (named by the variable DATABRICKS_CONFIG_PROFILE)", text)
        self.file(".databrickscfg", "[dev]\nhost = x.com\n[test]\nhost = x.com\n")
        text = self.refuse("plan", DATABRICKS_CONFIG_PROFILE="prod")
        self.assertIn("has no section [prod]", text)
        self.assertIn("Its profiles are: dev, test.", text)

    def test_a_profile_file_that_others_can_read(self):
        self.file(".databrickscfg", f"[DEFAULT]\nhost = {self.front.url}\ntoken = {self.workspace.token}\n", 0o644)
        del self.project.environment["DATABRICKS_HOST"]
        self.assertIn("chmod 600", self.apply().flat)

    def test_what_only_a_call_can_tell(self):
        self.project.init()
        environment = {"DATABRICKS_CLIENT_ID": "principal", "DATABRICKS_CLIENT_SECRET": "wrong-canary"}
        self.assertEqual(self.project.run("plan", **environment).code, 0)  # nothing to read, so no call
        text = self.refuse("apply", "-auto-approve", **environment)
        self.assertIn(f"Cannot sign in to {self.front.url}", text)
        self.assertIn("oauth-m2m: POST", text)
        self.assertIn("answered 401 invalid_client: Client authentication failed", text)
        self.assertNotIn("wrong-canary", text)
        self.assertEqual(self.workspace.webhooks(), [])

    def test_interactive_login_is_refused_with_a_reason(self):
        text = self.refuse("plan", DATABRICKS_AUTH_TYPE="external-browser")
        self.assertIn("databricks auth login", text)


if __name__ == "__main__":
    unittest.main()
