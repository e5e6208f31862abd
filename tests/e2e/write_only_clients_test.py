"""Write-only secrets on every Terraform: refused where the client would store them, and found nowhere on any.

The attributes are not sensitive, so an older client, which takes them for ordinary ones, would print whatever it got hold
of. The secret is in all places that a configuration can have it: written plainly, in a job's target, below for_each, in a
module, beside ignore_changes; for new webhooks and for some that exist; known in the plan, and known only after apply."""

import base64
import hashlib
import json
import unittest
import zipfile

import harness
from harness import HEAD, Case, client_commands, client_version

HTTP = """
  http_url_spec = {
    url                     = "https://example.com/webhook"
    authorization_header_wo = SECRET
    secret_wo               = SECRET
  }"""
JOB = """
  job_spec = {
    job_id          = "42"
    access_token_wo = SECRET
  }"""


def webhook(name, target, more=""):
    return f'resource "mlflow_webhook" "{name}" {{\n  events = ["COMMENT_CREATED"]\n  description = DESCRIPTION{target}{more}\n}}\n'


VARIABLE = 'variable "%s" {\n  default = null\n  ephemeral = EPHEMERAL\n}\n'
ROOT = (HEAD + VARIABLE % "known" + 'variable "description" {}\nresource "terraform_data" "later" {}\n' + webhook("plain", HTTP)
        + webhook("job", JOB) + webhook("each", HTTP, '\n  for_each = toset(["a", "b"])')
        + webhook("ignoring", HTTP, "\n  lifecycle {\n    ignore_changes = [http_url_spec]\n  }")
        + 'module "inner" {\n  source = "./inner"\n  description = DESCRIPTION\n  secret = SECRET\n}\n')
INNER = HEAD + VARIABLE % "secret" + 'variable "description" {}\n' + webhook("this", HTTP)
WEBHOOKS = 6
# Digests, because Terraform itself writes the values of variables and ids into plans.
KNOWN, LATER = "sha256(var.known)", "sha256(terraform_data.later.id)"


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


class WriteOnlyClientsTest(Case):
    def each_case(self, stores):
        """Each client that does, or does not, store what is write-only: with no webhooks yet, and with webhooks."""
        for version, command in sorted({client_version(c): c for c in [*client_commands(), harness.main_client()]}.items()):
            if ([int(n) for n in version.split(".")[:2]] < [1, 11]) != stores:
                continue
            for exist in (False, True):
                with self.subTest(client=version, exist=exist):
                    self.workspace.reset()
                    self.project = self.make_project(command)
                    (self.project.folder / "inner").mkdir()
                    self.log = self.project.root / "trace.log"
                    self.write("null", ephemeral=False)
                    self.project.init()
                    if exist:
                        self.apply(TF_VAR_description="before")
                    yield WEBHOOKS if exist else 0

    def write(self, secret, ephemeral):
        for text, name, value in ((ROOT, "main.tf", secret), (INNER, "inner/main.tf", "var.secret")):
            text = text.replace("  ephemeral = EPHEMERAL\n", "  ephemeral = true\n" if ephemeral else "")
            self.project.write(text.replace("DESCRIPTION", "var.description").replace("SECRET", value), name)

    def traced(self, *arguments, **environment):
        return self.project.run(*arguments, TF_LOG="TRACE", TF_LOG_PATH=str(self.log), TF_VAR_description="after",
                                **environment)

    def assert_nowhere(self, secret, output):
        """Not in what was printed, logged and stored, nor in a plan that was saved."""
        contents = {"the output": output.text.encode(), "the log": self.log.read_bytes(),
                    "the state": json.dumps(self.project.state()).encode()}
        saved = self.project.folder / "saved"
        if saved.exists():
            with zipfile.ZipFile(saved) as archive:
                contents.update({name: archive.read(name) for name in archive.namelist()})
        for what, content in contents.items():
            for form in (secret.encode(), base64.b64encode(secret.encode()).rstrip(b"="), secret.encode().hex().encode()):
                self.assertNotIn(form, content, f"the secret is in {what}")

    def secret_known_later(self):
        """What LATER has become."""
        return digest(next(r["instances"][0]["attributes"]["id"] for r in self.project.state()["resources"]
                           if r["type"] == "terraform_data"))

    def assert_refused(self, output, exist):
        self.assertEqual(output.code, 1, output.text)
        self.assertEqual(output.text.count("Error:"), output.text.count("Error: Write-only attribute needs Terraform 1.11"),
                         output.text)
        self.assertIn("http_url_spec.secret_wo is write-only", output.flat)
        self.assertIn("job_spec.access_token_wo is write-only", output.flat)
        self.assertEqual(len(self.workspace.webhooks()), exist)
        self.assertEqual([w["description"] for w in self.workspace.webhooks()], ["before"] * exist)

    def test_refused_by_clients_that_would_store_them(self):
        for exist in self.each_case(stores=True):
            with self.subTest("known in the plan"):
                self.write(KNOWN, ephemeral=False)
                self.assertEqual(self.traced("validate").code, 0)
                output = self.traced("plan", "-out=saved", TF_VAR_known="canary")
                self.assert_refused(output, exist)
                self.assert_nowhere(digest("canary"), output)
            with self.subTest("known only after apply"):
                self.write(LATER, ephemeral=False)
                output = self.traced("plan", "-out=saved", "-replace=terraform_data.later")
                self.assertEqual(output.code, 0, output.text)
                output = self.traced("apply", "saved")
                self.assert_refused(output, exist)
                self.assert_nowhere(self.secret_known_later(), output)

    def test_found_nowhere_on_clients_that_know_them(self):
        for _ in self.each_case(stores=False):
            with self.subTest("known in the plan"):
                self.write(KNOWN, ephemeral=True)
                output = self.traced("plan", "-out=saved", TF_VAR_known="canary")
                self.assertEqual(output.code, 0, output.text)
                output = self.traced("apply", "saved", TF_VAR_known="canary")
                self.assertEqual(output.code, 0, output.text)
                self.assert_nowhere(digest("canary"), output)
            with self.subTest("known only after apply"):
                self.write(LATER, ephemeral=False)
                output = self.traced("plan", "-out=saved", "-replace=terraform_data.later")
                self.assertEqual(output.code, 0, output.text)
                output = self.traced("apply", "saved")
                self.assertEqual(output.code, 0, output.text)
                self.assert_nowhere(self.secret_known_later(), output)
            self.assertEqual([w["description"] for w in self.workspace.webhooks()], ["after"] * WEBHOOKS)


if __name__ == "__main__":
    unittest.main()
