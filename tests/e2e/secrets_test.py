"""Secrets that a person configures are found nowhere but where Terraform itself keeps them: state and plan file."""

import base64
import pathlib
import shutil
import tempfile
import unittest
import zipfile

from harness import HEAD, HTTP, Case, Workspace, make_authority

CONFIGURATION = HEAD + """
variable "header" {
  sensitive = true
}
variable "secret" {
  sensitive = true
}
variable "job_token" {
  sensitive = true
}
provider "mlflow" {}
resource "mlflow_webhook" "http" {
  events      = ["MODEL_VERSION_CREATED"]
  description = "%s"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = var.header
    secret               = var.secret
  }
}
resource "mlflow_webhook" "job" {
  events   = ["MODEL_VERSION_CREATED"]
  job_spec = { job_id = "42", access_token = var.job_token }
}
resource "mlflow_webhook" "lent" {
  events   = ["MODEL_VERSION_CREATED"]
  job_spec = { job_id = "43" }
}
"""


class SecretsTest(Case):
    canaries = {"header": "Bearer h34der-canary", "secret": "s3cret-canary", "job_token": "j0b-token-canary"}

    def assert_clean(self, text, what):
        for canary in [*self.canaries.values(), self.workspace.token]:
            for form in (canary, base64.b64encode(canary.encode()).decode()):
                self.assertNotIn(form, text, f"a secret is in {what}")

    def test_logs_and_output(self):
        variables = {f"TF_VAR_{name}": value for name, value in self.canaries.items()}
        for round_, description in enumerate(("first", "second")):
            self.project.write(CONFIGURATION % description)
            log = self.project.root / f"trace{round_}.log"
            output = self.apply(TF_LOG_PROVIDER="TRACE", TF_LOG_PATH=str(log), **variables)
            self.assert_clean(output.text, "the output")
            text = log.read_text()
            self.assertIn("http round trip", text)
            self.assertIn("rpc finished", text)
            self.assert_clean(text, "the log")

    def test_what_the_service_quotes(self):
        variables = {f"TF_VAR_{name}": value for name, value in self.canaries.items()}
        one = CONFIGURATION[:CONFIGURATION.index('resource "mlflow_webhook" "job"')]
        self.project.write(one % "first")
        self.apply(**variables)
        self.project.write(one % "second")
        quoted = " ".join(["bad", self.canaries["header"], self.canaries["secret"], self.workspace.token])
        # Calls that carry none of the webhook's secrets: a description is changed, a webhook is deleted, all are read.
        for operation, command in (("update", ("apply", "-auto-approve")), ("delete", ("destroy", "-auto-approve")),
                                   ("list", ("plan",))):
            with self.subTest(operation):
                self.workspace.fault("status", operation=operation, status=400, message=quoted, times=9)
                log = self.project.root / f"{operation}.log"
                output = self.project.run(*command, TF_LOG_PROVIDER="TRACE", TF_LOG_PATH=str(log), **variables)
                self.assertEqual(output.code, 1, output.text)
                self.assertIn("bad **REDACTED**", output.flat)
                self.assert_clean(output.text, "the output")
                self.assert_clean(log.read_text(), "the log")
                self.workspace.clear_faults()

    def test_state_and_plan(self):
        variables = {f"TF_VAR_{name}": value for name, value in self.canaries.items()}
        self.project.write(CONFIGURATION % "first")
        self.project.init()
        self.project.run("plan", "-out=saved", **variables)
        with zipfile.ZipFile(self.project.folder / "saved") as archive:
            for name in archive.namelist():
                content = archive.read(name).decode(errors="replace")
                self.assertNotIn(self.workspace.token, content, name)  # the provider's token, lent or not
        shown = self.project.run("show", "-no-color", "saved", **variables)
        self.assert_clean(shown.text, "the plan as shown")
        self.apply(**variables)
        state = (self.project.folder / "terraform.tfstate").read_text()
        self.assertNotIn(self.workspace.token, state)
        self.assertNotIn(base64.b64encode(self.workspace.token.encode()).decode(), state)

    def test_secrets_survive_a_refresh(self):
        variables = {f"TF_VAR_{name}": value for name, value in self.canaries.items()}
        self.project.write(CONFIGURATION % "first")
        self.apply(**variables)
        self.apply("-refresh-only", **variables)
        self.assert_plan_is_empty(**variables)
        variables["TF_VAR_secret"] = "another-secret"
        self.assertIn("1 to change", self.plan(**variables).text)


ADDRESSED = """
resource "mlflow_webhook" "%(name)s" {
  events        = ["MODEL_VERSION_CREATED"]
  description   = "%(description)s"
  http_url_spec = { url = var.%(name)s }
}
"""


class AddressTest(Case):
    """Path and query of an address are the secret of many services that webhooks call."""
    canaries = ("T0P4TH-CANARY", "q5ery-canary-0123456789")

    def address(self, name):
        return f"https://hooks.{name}.example/services/{self.canaries[0]}/x?sig={self.canaries[1]}"

    def assert_clean(self, text, what):
        for canary in self.canaries:
            for form in (canary, base64.b64encode(canary.encode()).decode().rstrip("="), canary.encode().hex()):
                self.assertNotIn(form, text, f"an address is in {what}")

    def run_traced(self, *command, code=0):
        log = self.project.root / "trace.log"
        log.unlink(missing_ok=True)
        output = self.project.run(*command, TF_LOG="TRACE", TF_LOG_PATH=str(log), TF_VAR_own=self.address("own"))
        self.assertEqual(output.code, code, output.text)
        if command[0] != "destroy":  # Terraform shows what it destroys
            self.assert_clean(output.text, f"the output of {command[0]}")
        text = log.read_text()
        self.assertIn("http round trip", text)
        self.assert_clean(text, f"the log of {command[0]}")
        return text

    def write(self, description, data='data "mlflow_webhooks" "all" {}\n'):
        head = HEAD + 'variable "own" {\n  sensitive = true\n}\n' + data
        self.project.write(head + ADDRESSED % {"name": "own", "description": description})

    def test_is_in_no_log_and_no_error(self):
        self.workspace.create(events=["MODEL_VERSION_CREATED"], http_url_spec={"url": self.address("others")})
        self.write("first")
        self.project.init()
        for description in ("first", "second"):
            self.write(description)
            text = self.run_traced("apply", "-auto-approve")
            self.assertIn("https://hooks.others.example/**REDACTED**", text)
        quoted = " ".join([f"cannot call {self.address('own')} or {self.address('others')}",
                           f"path /services/{self.canaries[0]}/x?sig={self.canaries[1]}, sig {self.canaries[1]}"])
        # Without its beginning an address is known to whoever has it in the state.
        self.write("third", data="")
        for operation, command in (("update", "apply"), ("delete", "destroy"), ("list", "plan")):
            with self.subTest(operation):
                self.workspace.fault("status", operation=operation, status=400, message=quoted, times=9)
                options = ["-auto-approve"] if command != "plan" else []
                self.run_traced(command, *options, code=1)
                self.workspace.clear_faults()
        self.run_traced("destroy", "-auto-approve")


class ConnectionKeysTest(Case):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-keys-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.authority, certificate, key = make_authority(folder)
        cls.workspace = Workspace("--tls", certificate, key, authority=cls.authority)
        cls.addClassCleanup(cls.workspace.close)

    def test_are_written_nowhere(self):
        """libcurl writes the keys of its TLS connections, with which a recording shows the token, where SSLKEYLOGFILE says."""
        keys = self.project.root / "keys"
        self.project.resource(HTTP)
        self.apply(SSL_CERT_FILE=str(self.authority), SSLKEYLOGFILE=str(keys))
        self.assertEqual(len(self.workspace.webhooks()), 1)
        self.assertFalse(keys.exists())


if __name__ == "__main__":
    unittest.main()
