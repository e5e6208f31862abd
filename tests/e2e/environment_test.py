"""What comes from files and the environment, through the real client: values, files, proxies, authorities, near misses, and
who is kept out. Nothing that is refused here reaches the workspace."""

import contextlib
import http.client
import http.server
import os
import pathlib
import shutil
import tempfile
import threading
import unittest
import urllib.parse

from harness import HEAD, HTTP, Case, Project, Workspace, make_authority

CANARY = "c4n4ry"
EVIL = f"{CANARY}\r\nX-Evil: 1"


class Proxy:
    """An HTTP proxy that passes requests on to a workspace, whatever host they name, and notes the names. What should reach
    it directly may as well: then the request has no host in its first line, and is noted as ""."""

    def __init__(self, workspace):
        self.hosts = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                url = urllib.parse.urlsplit(self.path)
                proxy.hosts.append(url.hostname or "")
                connection = http.client.HTTPConnection(urllib.parse.urlsplit(workspace.url).netloc)
                connection.request(self.command, url._replace(scheme="", netloc="").geturl(), body,
                                   {k: v for k, v in self.headers.items() if k in ("Authorization", "Content-Type")})
                response = connection.getresponse()
                text = response.read()
                connection.close()
                self.send_response(response.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_DELETE = answer  # pylint: disable=invalid-name

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class EnvironmentTest(Case):
    def setUp(self):
        super().setUp()
        self.project.resource(HTTP)

    def file(self, name, text, mode=0o600):
        path = self.project.root / name
        path.write_bytes(text.encode())
        path.chmod(mode)
        return str(path)

    def unset(self, *names):
        for name in names:
            del self.project.environment[name]

    @contextlib.contextmanager
    def calling_nobody(self):
        self.workspace.forget()
        yield
        self.assertEqual(self.workspace.requests(), [])

    # --- Values ---

    def test_values_lose_the_line_end_of_the_file_that_they_come_from(self):
        token = self.file("token.txt", f"{self.workspace.token}\r\n")
        self.unset("DATABRICKS_TOKEN")
        self.project.resource(HTTP, f'provider "mlflow" {{\n  token = file("{token}")\n}}\n')
        self.apply(DATABRICKS_HOST=f" {self.workspace.url}\n", DATABRICKS_WORKSPACE_ID="12\n")
        self.project.resource(HTTP)
        self.assert_plan_is_empty(DATABRICKS_TOKEN=f" {self.workspace.token} \n")
        profile = f"[DEFAULT]\nhost: {self.workspace.url}\ntoken :{self.workspace.token}\r\n"
        self.file(".databrickscfg", profile)
        self.assert_plan_is_empty(DATABRICKS_HOST="\n", DATABRICKS_TOKEN=" ")

    def test_no_value_makes_a_header_of_its_own(self):
        """Each variable whose value may stand in a header, and the attribute that the message names."""
        variables = {
            "DATABRICKS_WORKSPACE_ID": "workspace_id", "DATABRICKS_TOKEN": "token", "DATABRICKS_HOST": "host",
            "DATABRICKS_ACCOUNT_ID": "account_id", "DATABRICKS_USERNAME": "username", "DATABRICKS_PASSWORD": "password",
            "DATABRICKS_AZURE_RESOURCE_ID": "azure_workspace_resource_id", "ARM_TENANT_ID": "azure_tenant_id",
            "ACTIONS_ID_TOKEN_REQUEST_URL": "actions_id_token_request_url",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "actions_id_token_request_token",
            "DATABRICKS_METADATA_SERVICE_URL": "metadata_service_url", "DATABRICKS_DISCOVERY_URL": "discovery_url",
            "DATABRICKS_CLIENT_ID": "client_id", "DATABRICKS_CLIENT_SECRET": "client_secret",
            "ARM_CLIENT_ID": "azure_client_id", "ARM_CLIENT_SECRET": "azure_client_secret",
            "DATABRICKS_TOKEN_AUDIENCE": "audience", "DATABRICKS_AUTH_TYPE": "auth_type",
        }
        for variable, attribute in variables.items():
            with self.subTest(variable), self.calling_nobody():
                text = self.refuse("plan", **{variable: EVIL})
                self.assertIn(f"{attribute} in the variable {variable} contains a line break", text)
                self.assertNotIn(CANARY, text)
        for attribute in ("workspace_id", "token", "azure_workspace_resource_id"):
            with self.subTest(attribute), self.calling_nobody():
                self.project.resource(HTTP, f'provider "mlflow" {{\n  {attribute} = "{CANARY}\\r\\nX-Evil: 1"\n}}\n')
                text = self.refuse("plan")
                self.assertIn(f"{attribute} in the provider block contains a line break", text)
                self.assertNotIn(CANARY, text)

    # --- Files ---

    def test_each_setting_that_names_a_file_says_what_is_wrong_with_it(self):
        self.unset("DATABRICKS_TOKEN")
        folder, missing = self.project.root / "folder", self.project.root / "missing"
        folder.mkdir()
        large = self.file("large", "#" * ((1 << 20) + 1))
        with_token = {"DATABRICKS_TOKEN": self.workspace.token, "DATABRICKS_HOST": "https://127.0.0.1:1"}
        settings = [
            ("DATABRICKS_CONFIG_FILE", {"DATABRICKS_HOST": "", "DATABRICKS_TOKEN": ""}, "plan"),
            ("DATABRICKS_CONFIG_FILE", {"DATABRICKS_CONFIG_PROFILE": "work"}, "plan"),
            ("SSL_CERT_FILE", with_token, "apply"),
            ("GOOGLE_CREDENTIALS", {"DATABRICKS_CLOUD": "GCP", "DATABRICKS_AUTH_TYPE": "google-credentials"}, "apply"),
            ("GOOGLE_APPLICATION_CREDENTIALS", {"DATABRICKS_CLOUD": "GCP", "DATABRICKS_AUTH_TYPE": "google-id",
                                                "DATABRICKS_GOOGLE_SERVICE_ACCOUNT": "sa@p.iam"}, "apply"),
            ("ca_cert_file", with_token, "apply"),
        ]
        kinds = [(folder, "is a folder, not a file"), (missing, "does not exist"), ("/proc/self/mem", "Input/output error")]
        for name, environment, command in settings:
            for path, words in kinds + ([(large, "is too large")] if "CERT" not in name.upper() else []):
                with self.subTest(name=name, path=path), self.calling_nobody():
                    self.project.resource(HTTP, f'provider "mlflow" {{\n  ca_cert_file = "{path}"\n}}\n'
                                          if name == "ca_cert_file" else "")
                    arguments = ("plan",) if command == "plan" else ("apply", "-auto-approve")
                    text = self.refuse(*arguments, **environment, **({} if name == "ca_cert_file" else {name: str(path)}))
                    self.assertIn(words, text)
                    self.assertNotIn("has a bug", text)
                    if name != "GOOGLE_CREDENTIALS":  # a secret's own text may stand there by mistake
                        self.assertIn(str(path), text)

    def test_a_folder_as_the_default_profile_file_counts_as_absent(self):
        (self.project.root / ".databrickscfg").mkdir()
        self.apply()
        self.unset("DATABRICKS_TOKEN", "DATABRICKS_HOST")
        text = self.refuse("plan")
        self.assertIn("Workspace is not configured", text)
        self.assertIn(f"The profile file {self.project.root}/.databrickscfg is a folder, not a file", text)
        self.project.write(HEAD + 'provider "mlflow" {}\n')  # nothing is managed any more, and nothing is in the state
        (self.project.folder / "terraform.tfstate").unlink()
        self.assertEqual(self.project.run("plan").code, 0)

    def test_nobody_waits_for_a_pipe_without_a_writer(self):
        pipe = str(self.project.root / "pipe")
        os.mkfifo(pipe)
        self.unset("DATABRICKS_TOKEN", "DATABRICKS_HOST")
        text = self.refuse("plan", DATABRICKS_CONFIG_FILE=pipe)
        self.assertIn(f"The profile file {pipe} (named by the variable DATABRICKS_CONFIG_FILE) is a pipe or a device", text)

    # --- Proxies ---

    def test_proxies(self):
        """By a name of this machine that nothing exempts (RFC 6761). The proxy answers as the workspace would, so that it
        shows in which form the call came: with a host in its first line, or directly."""
        proxy = Proxy(self.workspace)
        self.addCleanup(proxy.close)
        self.apply()
        named = {"DATABRICKS_HOST": f"http://ws.localhost:{proxy.port}", "http_proxy": proxy.url}
        # NO_PROXY, and whether the call goes directly.
        cases = [
            ("", False), ("ws.localhost", True), ("localhost", True), (".localhost", True), ("*.localhost", True),
            (".ws.localhost", False), ("*.ws.localhost", False), ("s.localhost", False), ("other.org, ws.localhost", True),
            ("other.org ws.localhost", False), (f"ws.localhost:{proxy.port}", True), ("ws.localhost:1", False),
            ("WS.LocalHost", True), ("127.0.0.1", False), ("127.0.0.0/8", False), ("0.0.0.0/0", False), ("*", True),
        ]
        for no_proxy, direct in cases:
            with self.subTest(no_proxy):
                proxy.hosts.clear()
                self.project.run("refresh", **named, NO_PROXY=no_proxy)
                self.assertEqual(set(proxy.hosts), {"" if direct else "ws.localhost"})
        with self.subTest("lower case before upper"):
            proxy.hosts.clear()
            self.project.run("refresh", **named, no_proxy="ws.localhost", NO_PROXY="other.org")
            self.assertEqual(set(proxy.hosts), {""})
        with self.subTest("blanks around the proxy's address"):
            proxy.hosts.clear()
            self.project.run("refresh", **{**named, "http_proxy": f" {proxy.url}\n"})
            self.assertEqual(set(proxy.hosts), {"ws.localhost"})

    def test_this_machine_needs_no_exception(self):
        self.apply(http_proxy="http://no-such-proxy.invalid:1", HTTPS_PROXY="http://no-such-proxy.invalid:1")
        self.assert_plan_is_empty(http_proxy="http://no-such-proxy.invalid:1",
                                  DATABRICKS_HOST=self.workspace.url.replace("127.0.0.1", "localhost"))

    # --- Near misses ---

    def test_not_configured_names_what_was_nearly_set(self):
        path = f"{self.project.root}/.databrickscfg"
        cases = [
            (f"[default]\nhost = {self.workspace.url}\ntoken = t\n", {}, [path, "It has [default], which is another name"]),
            (f"[work]\nhost = {self.workspace.url}\ntoken = t\n", {}, [path, "no section [DEFAULT]", "Its profiles are: work."]),
            (f"[DEFAULT]\nHOST = {self.workspace.url}\ntoken = t\n", {}, [f'"HOST" in profile DEFAULT of {path}', "host is."]),
            (f"[DEFAULT]\nexport host = {self.workspace.url}\ntoken = t\n", {}, ['"export host" in profile', "host is."]),
            (f"[DEFAULT]\nhost = {self.workspace.url}\n", {"DATABRICKS_TOKEN": "t"},
             [f"{path} was left out, because token is set (from the variable DATABRICKS_TOKEN)"]),
            ("", {"DATABRICKS_TOKEN": " ", "DATABRICKS_HOST": self.workspace.url},
             ["token in the variable DATABRICKS_TOKEN has only blanks"]),
        ]
        for profile, environment, words in cases:
            with self.subTest(profile=profile), self.calling_nobody():
                self.file(".databrickscfg", profile)
                text = self.refuse("plan", **{"DATABRICKS_HOST": "", "DATABRICKS_TOKEN": "", "PATH": "/usr/bin:/bin",
                                              **environment})
                self.assertIn("Workspace is not configured", text)
                for word in words:
                    self.assertIn(word, text)

    # --- What is told once ---

    def many(self, provider=""):
        """Five uses of the workspace that do not wait for each other."""
        self.project.write(HEAD + provider + "".join(
            f'data "mlflow_webhooks" "d{i}" {{}}\n' for i in range(3)) + "".join(
            f'resource "mlflow_webhook" "r{i}" {{{HTTP}\n}}\n' for i in range(2)))

    def test_what_is_missing_is_told_in_full_once(self):
        """Each data source fails, and one plan for all; one of these four has the whole text, or the plan after a data source."""
        self.many()
        with self.calling_nobody():
            text = self.refuse("plan", DATABRICKS_HOST="", DATABRICKS_TOKEN="", PATH="/usr/bin:/bin")
        self.assertEqual(text.count("Workspace is not configured"), 4, text)
        full = text.count("No way to sign in applies")
        self.assertIn(full, (1, 2), text)
        self.assertEqual(text.count("Another message of this run, under the same heading"), 4 - full, text)

    def test_a_warning_comes_once_and_with_a_use(self):
        block = 'provider "mlflow" {\n  skip_verify = true\n  ca_cert_file = "/etc/ssl/certs/ca-certificates.crt"\n}\n'
        self.many(block)
        self.project.init()
        text = self.project.run("plan").flat
        self.assertEqual(text.count("Provider configuration"), 1, text)
        self.assertNotIn("more similar warnings", text)
        self.project.write(HEAD + block)
        self.assertNotIn("Provider configuration", self.project.run("plan").flat)

    def test_validate_and_a_plan_that_creates_call_nobody(self):
        """Of both services, with all that a plan may have to decide; the apply then does call each."""
        server = """resource "mlflow_server_webhook" "s" {
  name              = "n"
  url               = "https://example.com/hook"
  events            = ["model_version.created", "not_yet.known"]
  workspace         = "team-a"
  secret_wo         = "s"
  secret_wo_version = 1
}
"""
        self.project.write(HEAD + f'resource "mlflow_webhook" "r" {{{HTTP}\n}}\n' + server)
        self.project.init()
        address = {"MLFLOW_TRACKING_URI": self.workspace.url}
        with self.calling_nobody():
            for command in (("validate",), ("plan",), ("plan", "-refresh=false", "-out=plan")):
                run = self.project.run(*command, **address)
                self.assertEqual(run.code, 0, run.flat)
        self.refuse("apply", "-auto-approve", **address)
        called = {request["path"] for request in self.workspace.requests()}
        self.assertIn("/api/2.0/mlflow/registry-webhooks/create", called)
        self.assertIn("/api/3.0/mlflow/server-info", called)

    # --- Who is kept out ---

    def test_a_refused_token_says_where_host_and_token_come_from(self):
        profile = self.file(".databrickscfg", f"[work]\nhost = {self.workspace.url}\ntoken = dapi-{CANARY}\n")
        self.project.init()
        cases = [
            ("403 Forbidden: Invalid access token (request id", {"DATABRICKS_TOKEN": f"dapi-{CANARY}"},
             "host comes from the variable DATABRICKS_HOST, token from the variable DATABRICKS_TOKEN."),
            ("401 UNAUTHENTICATED: Token is expired (request id", {"DATABRICKS_TOKEN": f"a.{CANARY}.c"},
             "token from the variable DATABRICKS_TOKEN."),
            ("403 Forbidden: Invalid access token (request id",
             {"DATABRICKS_CONFIG_PROFILE": "work", "DATABRICKS_HOST": "", "DATABRICKS_TOKEN": ""},
             f"host comes from profile work of {profile}, token from profile work of {profile}."),
        ]
        for answer, environment, origin in cases:
            with self.subTest(answer=answer, origin=origin):
                text = self.refuse("apply", "-auto-approve", **environment)
                self.assertIn(answer, text)
                self.assertIn("wrong, expired or revoked", text)
                self.assertIn(origin, text)
                self.assertNotIn("admin", text)
                self.assertNotIn(CANARY, text)

    def test_others_that_are_kept_out_get_their_own_advice(self):
        cases = [
            ("Unauthorized access to Org: 123", "workspace_id (DATABRICKS_WORKSPACE_ID)"),
            ("Source IP address: 1.2.3.4 is blocked by Databricks IP ACL for workspace: 5", "IP access list"),
        ]
        for message, advice in cases:
            with self.subTest(message):
                self.workspace.fault("status", operation="create", status=403, times=9,
                                     body='{"error_code": 403, "message": "' + message + '"}')
                text = self.refuse("apply", "-auto-approve")
                self.workspace.clear_faults()
                self.assertIn(f"answered 403 Forbidden: {message}", text)
                self.assertIn(advice, text)
                self.assertIn("host comes from the variable DATABRICKS_HOST", text)
                self.assertNotIn("CAN MANAGE", text)


class AuthoritiesTest(unittest.TestCase):
    """SSL_CERT_DIR adds to what is trusted; SSL_CERT_FILE alone stands in its place."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-authorities-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.authority, certificate, key = make_authority(cls.folder)
        cls.workspace = Workspace("--tls", certificate, key, authority=cls.authority)
        cls.addClassCleanup(cls.workspace.close)

    def setUp(self):
        self.project = Project(self.workspace)
        self.addCleanup(self.project.close)
        self.project.resource(HTTP)
        self.project.init()
        self.workspace.reset()

    def make_folder(self, name, **files):
        folder = self.project.root / name
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text)
        return str(folder)

    def test_folders_are_trusted_besides(self):
        authority = self.authority.read_text()
        mixed = self.make_folder("mixed", README="nothing", a_hash_0=authority, key=(self.folder / "ca.key").read_text())
        empty = self.make_folder("empty")
        other = self.make_folder("other", broken="-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        bundle = self.file_of(empty + "/../bundle.pem", authority)
        cases = [
            ({}, False), ({"SSL_CERT_DIR": empty}, False), ({"SSL_CERT_DIR": other}, False),
            ({"SSL_CERT_DIR": mixed}, True), ({"SSL_CERT_DIR": f"{empty}:/nowhere::{other}:{mixed}"}, True),
            ({"SSL_CERT_FILE": bundle}, True), ({"SSL_CERT_FILE": bundle, "SSL_CERT_DIR": other}, True),
        ]
        for environment, trusted in cases:
            with self.subTest(environment=environment):
                output = self.project.run("apply", "-auto-approve", **environment)
                self.assertEqual(output.code, 0 if trusted else 1, output.text)
                if not trusted:
                    self.assertIn("No secure connection", output.flat)

    def file_of(self, path, text):
        pathlib.Path(path).write_text(text)
        return path


if __name__ == "__main__":
    unittest.main()
