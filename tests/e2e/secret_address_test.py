"""An address that is the secret (url_wo): found nowhere, drift, lost creates, adoption, and what older clients are told."""

import base64
import os
import pathlib
import resource
import shutil
import signal
import unittest
import zipfile

import harness
from harness import HEAD, Case, client_of, until

VARIABLE = 'variable "url" {\n  ephemeral = true\n}\n'
RESOURCE = """
resource "mlflow_webhook" "this" {
  events        = ["MODEL_VERSION_CREATED"]
  description   = "%s"
  http_url_spec = { url_wo = var.url%s }
}
"""
MODULE = """
module "webhook" {
  source         = "../terraform/modules/databricks_mlflow_webhook_wo"
  events         = ["MODEL_VERSION_CREATED"]
  http_url_spec  = {}
  url_wo         = var.url
  url_wo_version = %d
}
"""


class AddressCase(Case):
    canaries = ("T0P4TH-CANARY", "q5ery-canary-0123456789")
    url = f"https://hooks.slack.example/services/{canaries[0]}/x?sig={canaries[1]}"
    other = f"https://hooks.slack.example/services/{canaries[0]}/y?sig={canaries[1]}"
    evil = f"https://evil.example/{canaries[0]}?{canaries[1]}"

    def assert_clean(self, content, what):
        content = content.encode() if isinstance(content, str) else content
        for canary in self.canaries:
            for form in (canary.encode(), base64.b64encode(canary.encode()).rstrip(b"="), canary.encode().hex().encode()):
                self.assertNotIn(form, content, f"an address is in {what}")

    def address(self):
        return self.workspace.only()["http_url_spec"]["url"]


class AddressTest(AddressCase):
    def write(self, project, description="", version=""):
        project.write(HEAD + VARIABLE + RESOURCE % (description, version))

    def traced(self, project, *command, code=0, url=None):
        log = project.root / "trace.log"
        log.unlink(missing_ok=True)
        output = project.run(*command, TF_LOG="TRACE", TF_LOG_PATH=str(log), TF_VAR_url=url or self.url)
        self.assertEqual(output.code, code, output.text)
        self.assert_clean(output.text, f"the output of {command[0]}")
        self.assert_clean(log.read_bytes(), f"the log of {command[0]}")
        for file in project.folder.glob("*.tfstate*"):
            self.assert_clean(file.read_bytes(), file.name)
        for file in project.folder.glob("*.plan"):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    self.assert_clean(archive.read(name), f"{name} of the plan file")
        return output

    def test_found_nowhere_in_a_life(self):
        for client in (None, "1.15"):
            with self.subTest(client):
                self.workspace.reset()
                project = self.make_project(client and client_of(client))
                self.write(project)
                project.init()
                self.traced(project, "plan", "-out=saved.plan")
                self.traced(project, "apply", "saved.plan")
                self.assertEqual(self.address(), self.url)
                self.assertIsNone(project.attributes()["http_url_spec"]["url"])
                self.traced(project, "plan", "-detailed-exitcode")
                self.write(project, "second")
                self.traced(project, "apply", "-auto-approve")
                self.assertIsNone(project.attributes()["http_url_spec"]["url"])
                text = self.traced(project, "apply", "-auto-approve", url=self.other).flat
                self.assertIn("http_url_spec.url_wo: its value is not the one that was last sent", text)
                self.assertEqual(self.address(), self.other)
                self.traced(project, "apply", "-auto-approve", "-replace=mlflow_webhook.this")
                self.assertEqual(self.address(), self.url)
                self.write(project, "third")
                self.workspace.fault("status", operation="update", status=400, message=f"cannot call {self.url}", times=9)
                self.traced(project, "apply", "-auto-approve", code=1)
                self.workspace.clear_faults()
                self.traced(project, "apply", "-auto-approve")
                self.traced(project, "plan", "-detailed-exitcode")
                self.traced(project, "destroy", "-auto-approve")

    def test_drift_is_mended(self):
        for version in ("", ", url_wo_version = 1"):
            with self.subTest(version):
                self.workspace.reset()
                project = self.make_project()
                self.write(project, version=version)
                self.apply(project=project, TF_VAR_url=self.url)
                self.workspace.drift(self.workspace.only()["id"], http_url_spec={"url": self.evil})
                # The address is no part of the state, so there is nothing to show; the exit code alone knows of it.
                text = self.traced(project, "plan", "-refresh-only", "-detailed-exitcode", code=2).flat
                self.assertIn("No changes", text)
                text = self.traced(project, "plan", "-detailed-exitcode", code=2).flat
                self.assertIn("the service does not have the one that was last sent", text)
                self.assertIn("0 to add, 1 to change, 0 to destroy", text)
                self.traced(project, "apply", "-auto-approve")
                self.assertEqual(self.address(), self.url)
                self.traced(project, "plan", "-detailed-exitcode")

    def test_a_lost_create_is_found_by_the_address_that_was_sent(self):
        self.workspace.create(events=["MODEL_VERSION_CREATED"], http_url_spec={"url": self.other})
        self.write(self.project)
        self.project.init()
        self.workspace.fault("reset_after", operation="create")
        self.traced(self.project, "apply", "-auto-approve")
        self.assertEqual([w["http_url_spec"]["url"] for w in self.workspace.webhooks()], [self.other, self.url])
        self.traced(self.project, "plan", "-detailed-exitcode")

    def test_adopted_ones_are_clear_until_the_first_apply(self):
        self.workspace.create(events=["MODEL_VERSION_CREATED"], http_url_spec={"url": self.url})
        self.write(self.project)
        self.project.init()
        output = self.project.run("import", "mlflow_webhook.this", self.workspace.only()["id"], TF_VAR_url=self.url)
        self.assertEqual(output.code, 0, output.text)
        self.project.run("plan", "-refresh-only", TF_VAR_url=self.url)
        self.assertEqual(self.project.attributes()["http_url_spec"]["url"], self.url)
        self.apply(TF_VAR_url=self.url)
        self.assert_clean((self.project.folder / "terraform.tfstate").read_bytes(), "the state")
        self.assert_plan_is_empty(TF_VAR_url=self.url)

    def test_ignore_changes(self):
        text = HEAD + VARIABLE + RESOURCE.replace("}\n}", "}\n  lifecycle {\n    ignore_changes = [http_url_spec.url_wo]\n  }\n}")
        self.project.write(text % ("", ""))
        self.apply(TF_VAR_url=self.url)
        output = self.assert_plan_is_empty(TF_VAR_url=self.other)
        self.assertNotIn("Warning", output.text)
        self.project.write(text % ("second", ""))
        self.apply(TF_VAR_url=self.other)
        self.assertEqual(self.address(), self.url)
        self.project.write(text % ("second", ", enable_ssl_verification = false"))
        self.assertIn("Target cannot be sent without its secrets",
                      self.refuse("apply", "-auto-approve", TF_VAR_url=self.other))
        self.apply(TF_VAR_url=self.url)
        self.assertEqual(self.address(), self.url)

    def test_older_clients(self):
        for version in ("1.6", "1.10"):
            with self.subTest(version):
                project = self.make_project(client_of(version))
                project.resource(f'  events = ["COMMENT_CREATED"]\n  http_url_spec = {{ url_wo = "{self.url}" }}')
                text = self.refuse("validate", project=project)
                self.assertIn("Terraform 1.11", text)
                self.assertIn("http_url_spec.url,", text)
                self.assert_clean(text, "the refusal")

    def test_module(self):
        shutil.copytree(pathlib.Path(harness.SOURCE) / "terraform", self.project.root / "terraform")
        for version, url in ((1, self.url), (2, self.other)):
            self.project.write(HEAD + VARIABLE + MODULE % version)
            self.apply(TF_VAR_url=url)
            self.assertEqual(self.address(), url)
            self.assert_clean((self.project.folder / "terraform.tfstate").read_bytes(), "the state")
            self.assert_plan_is_empty(TF_VAR_url=self.evil)


SECRETS = """
variable "secret" {
  ephemeral = true
}
variable "header" {
  sensitive = true
}
resource "mlflow_webhook" "this" {
  events      = ["MODEL_VERSION_CREATED"]
  description = "%s"
  http_url_spec = {
    url_wo               = var.url
    secret_wo            = var.secret
    authorization_header = var.header
  }
}
"""


class CrashTest(AddressCase):
    """The provider dies in the middle of an apply, with an address and secrets in its memory."""
    canaries = (*AddressCase.canaries, "s3cret-canary-0123456789", "he4der-canary-0123456789")

    def provider_of(self, client):
        for folder in pathlib.Path("/proc").iterdir():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)
            except OSError:
                continue  # no process, or one that has ended
            if fields[0].endswith("(terraform-provi") and int(fields[1].split()[1]) == client.pid:
                return int(folder.name)
        return None

    def crash(self, operation, death):
        """Ends the provider while the service works; gives what was printed."""
        log = self.project.root / "trace.log"
        log.unlink(missing_ok=True)
        self.workspace.forget()
        self.workspace.fault("hang_after", operation=operation)
        client = self.project.start("apply", "-auto-approve", TF_LOG="TRACE", TF_LOG_PATH=str(log), **self.variables)
        until(lambda: self.workspace.requests(operation), "the call")
        provider = self.provider_of(client)
        self.assertEqual(resource.prlimit(provider, resource.RLIMIT_CORE)[0], 0)
        os.kill(provider, death)
        text, _ = client.communicate(timeout=60)
        self.workspace.clear_faults()
        self.assertEqual(client.returncode, 1, text)
        self.assertIn("Plugin did not respond", text)
        self.assertIn("plugin process exited", log.read_text())
        for file in self.project.root.rglob("*"):
            if file.is_file() and not file.is_symlink():
                self.assertFalse(file.name.startswith("core"), file)
                content = file.read_bytes()
                if file.suffix == ".tfstate" or file.suffix == ".backup":
                    content = content.replace(self.variables["TF_VAR_header"].encode(), b"")  # the plain form stands
                                                                                              # there
                self.assert_clean(content, file.name)
        self.assert_clean(text, "what Terraform printed")

    def test_found_nowhere_after_a_crash(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))  # as where core files are wanted
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, (soft, hard))
        for death in (signal.SIGSEGV, signal.SIGABRT):
            with self.subTest(death):
                self.variables = {"TF_VAR_url": self.url, "TF_VAR_secret": self.canaries[2],
                                  "TF_VAR_header": f"Bearer {self.canaries[3]}"}
                self.workspace.reset()
                self.project = self.make_project()
                self.project.write(HEAD + VARIABLE + SECRETS % "first")
                self.project.init()
                self.crash("create", death)
                self.workspace.reset()  # whoever is left behind is looked for by hand: the guide has it
                self.apply(**self.variables)
                self.project.write(HEAD + VARIABLE + SECRETS % "second")
                self.variables["TF_VAR_url"] = self.other
                self.crash("update", death)
                self.apply(**self.variables)
                self.assertEqual(self.address(), self.other)
                self.assert_plan_is_empty(**self.variables)


if __name__ == "__main__":
    unittest.main()
