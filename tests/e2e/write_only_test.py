"""Write-only secrets: found nowhere, rotated by version and by value, and refused where the client would store them."""

import base64
import hashlib
import pathlib
import shutil
import unittest
import zipfile

import harness
from harness import HEAD, Case, setting

EPHEMERAL = """
variable "header" {
  ephemeral = true
  default   = null
}
variable "secret" {
  ephemeral = true
  default   = null
}
variable "token" {
  ephemeral = true
  default   = null
}
"""
HTTP = """
resource "mlflow_webhook" "http" {
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url                             = "https://example.com/webhook"
    authorization_header_wo         = var.header
    authorization_header_wo_version = 1
    secret_wo                       = var.secret
  }
}
"""
JOB = """
resource "mlflow_webhook" "job" {
  events   = ["MODEL_VERSION_CREATED"]
  job_spec = { job_id = "42", access_token_wo = var.token }
}
"""
MODULE = """
variable "secret" {
  ephemeral = true
  default   = null
}
variable "header" {
  sensitive = true
}
module "webhook" {
  source            = "../terraform/modules/databricks_mlflow_webhook_wo"
  events            = ["MODEL_VERSION_CREATED"]
  http_url_spec     = { url = "https://example.com/webhook", authorization_header = var.header }
  secret_wo         = var.secret
  secret_wo_version = %d
}
resource "terraform_data" "job" {
  input = "42"
}
module "job" {
  source                  = "../terraform/modules/databricks_mlflow_webhook_wo"
  events                  = ["MODEL_VERSION_CREATED"]
  job_spec                = { job_id = terraform_data.job.output }
  access_token_wo         = var.secret
  access_token_wo_version = %d
}
output "url" {
  value = module.webhook.webhook_url
}
output "job_id" {
  value = module.job.job_id
}
"""


def client(version):
    return str(pathlib.Path(setting("CLIENTS")) / f"terraform-{version}")


def hashed(secret):
    """As the local workspace's control path shows secrets."""
    return "sha256:" + hashlib.sha256(secret.encode()).hexdigest()


class WriteOnlyTest(Case):
    canaries = {"header": "Bearer h34der-canary", "secret": "s3cret-canary", "token": "j0b-token-canary"}

    def variables(self, **changed):
        values = {**self.canaries, **changed}
        return {f"TF_VAR_{name}": value for name, value in values.items() if value is not None}

    def assert_clean(self, content, what):
        for canary in [*self.canaries.values(), self.workspace.token]:
            for form in (canary.encode(), base64.b64encode(canary.encode()), canary.encode().hex().encode()):
                self.assertNotIn(form, content, f"a secret is in {what}")

    def assert_service_has(self, kind, **secrets):
        specs = [w[kind] for w in self.workspace.webhooks() if w.get(kind)]
        self.assertEqual(len(specs), 1)
        found = {name: specs[0].get(name) for name in ("authorization", "secret", "access_token") if specs[0].get(name)}
        self.assertEqual(found, {name: hashed(value) for name, value in secrets.items()})

    def private_data(self, project, name):
        found = [r for r in project.state()["resources"] if r["name"] == name]
        return base64.b64decode(found[0]["instances"][0]["private"]).decode()

    def test_found_nowhere(self):
        for version, project in (("main", self.project), ("1.15.5", self.make_project(client("1.15.5")))):
            with self.subTest(version):
                self.workspace.reset()
                log = project.root / "trace.log"
                tracing = dict(TF_LOG_PROVIDER="TRACE", TF_LOG_PATH=str(log))
                project.write(HEAD + EPHEMERAL + HTTP + JOB)
                project.init()
                output = project.run("plan", "-out=saved", **tracing, **self.variables())
                self.assertEqual(output.code, 0, output.text)
                self.assert_clean(output.text.encode(), "the plan's output")
                with zipfile.ZipFile(project.folder / "saved") as archive:
                    self.assertIn("tfplan", archive.namelist())
                    for file in archive.namelist():
                        self.assert_clean(archive.read(file), f"{file} of the plan file")
                output = project.run("apply", "saved", **tracing, **self.variables())
                self.assertEqual(output.code, 0, output.text)
                self.assert_clean(output.text.encode(), "the apply's output")
                self.assert_clean((project.folder / "terraform.tfstate").read_bytes(), "the state")
                self.assert_clean(log.read_bytes(), "the log")
                for name in ("http", "job"):
                    private = self.private_data(project, name)
                    self.assertIn('"scrypt":{"n":4096,"r":8,"p":1,"salt":"', private)
                    self.assertNotIn("authorization_header", private)  # it has a version
                    self.assert_clean(private.encode(), "private data")
                self.assert_service_has("http_url_spec", authorization=self.canaries["header"],
                                        secret=self.canaries["secret"])
                self.assert_service_has("job_spec", access_token=self.canaries["token"])
                self.assert_plan_is_empty(project=project, **self.variables())

    def test_rotation(self):
        self.project.write(HEAD + EPHEMERAL + HTTP)
        self.apply(**self.variables())
        with self.subTest("with a version, the value alone changes nothing"):
            self.assert_plan_is_empty(**self.variables(header="Bearer another"))
        with self.subTest("without one, it does, and the plan says which"):
            variables = self.variables(secret="another")
            text = self.plan(**variables).flat
            self.assertIn("http_url_spec.secret_wo: its value is not the one that was last sent", text)
            self.assertIn("0 to add, 1 to change, 0 to destroy", text)
            self.apply(**variables)
            self.assert_service_has("http_url_spec", authorization=self.canaries["header"], secret="another")
            self.assert_plan_is_empty(**variables)
        with self.subTest("a change of the version sends the present value"):
            self.project.write(HEAD + EPHEMERAL + HTTP.replace("_version = 1", "_version = 2"))
            variables = self.variables(secret="another", header="Bearer another")
            self.assertIn("authorization_header_wo: its version changes", self.plan(**variables).flat)
            self.apply(**variables)
            self.assert_service_has("http_url_spec", authorization="Bearer another", secret="another")
            self.assert_plan_is_empty(**variables)
        with self.subTest("another member of the target is sent with every secret"):
            self.project.write(HEAD + EPHEMERAL + HTTP.replace("/webhook", "/moved").replace("_version = 1",
                                                                                            "_version = 2"))
            self.apply(**variables)
            self.assert_service_has("http_url_spec", authorization="Bearer another", secret="another")
        with self.subTest("what is configured no longer stays, because a plan cannot tell that from ignore_changes"):
            variables = self.variables(secret=None, header="Bearer another")
            self.assertIn("the webhook keeps its own", self.assert_plan_is_empty(**variables).flat)
            self.apply(**variables)
            self.assert_service_has("http_url_spec", authorization="Bearer another", secret="another")
        with self.subTest("a version without the secret removes it"):
            self.project.write((self.project.folder / "main.tf").read_text().replace("secret_wo   ", "secret_wo_version = 1 #"))
            self.assertIn("is removed from the webhook", self.plan(**variables).flat)
            self.apply(**variables)
            self.assert_service_has("http_url_spec", authorization="Bearer another")
            self.assert_plan_is_empty(**variables)

    def test_from_plain_to_write_only(self):
        plain = '  events = ["MODEL_VERSION_CREATED"]\n  http_url_spec = { url = "https://example.com", %s = "s" }'
        self.project.resource(plain % "secret")
        self.apply()
        self.project.resource(plain % "secret_wo")
        self.plan()
        self.apply()
        self.assertIsNone(self.project.attributes()["http_url_spec"]["secret"])
        self.assert_service_has("http_url_spec", secret="s")
        self.assert_plan_is_empty()

    def test_lent_token_is_renewed_by_a_version(self):
        body = '  events = ["MODEL_VERSION_CREATED"]\n  job_spec = { job_id = "42", access_token_wo_version = %d }'
        self.project.resource(body % 1)
        self.apply()
        self.assert_service_has("job_spec", access_token=self.workspace.token)
        self.assert_plan_is_empty()
        self.project.resource(body % 2)
        self.assertIn("access_token_wo: its version changes", self.plan().flat)
        with self.expecting("list", "update"):
            self.apply()
        self.assert_service_has("job_spec", access_token=self.workspace.token)
        self.assert_plan_is_empty()

    def test_older_clients(self):
        spec = '  events = ["MODEL_VERSION_CREATED"]\n  http_url_spec = { url = "https://example.com", secret_wo = %s }'
        for version in ("1.6.6", "1.9.8", "1.10.5"):
            with self.subTest(version):
                self.workspace.reset()
                project = self.make_project(client(version))
                project.resource(spec % '"canary"')
                text = self.refuse("validate", project=project)
                self.assertIn("Terraform 1.11", text)
                self.assertIn("http_url_spec.secret,", text)
                self.assertNotIn("canary", text)
                # Known in the plan only.
                project.resource(spec % "var.given", head='variable "given" {\n  default = null\n}\n')
                self.assertEqual(project.run("validate").code, 0)
                text = self.refuse("plan", project=project, TF_VAR_given="canary")
                self.assertIn("Terraform 1.11", text)
                self.assertNotIn("canary", text)
                # Never given a value, it is nothing.
                self.apply(project=project)
                self.assert_plan_is_empty(project=project)

    def test_module(self):
        for version, project in (("main", self.project), ("1.15.5", self.make_project(client("1.15.5")))):
            with self.subTest(version):
                self.workspace.reset()
                shutil.copytree(harness.SOURCE / "terraform", project.root / "terraform")
                project.write(MODULE % (1, 1))
                variables = self.variables(header="h")
                text = self.apply(project=project, **variables).flat
                self.assertIn('url = "https://example.com/webhook"', text)
                self.assertIn('job_id = "42"', text)
                self.assert_service_has("http_url_spec", authorization="h", secret=self.canaries["secret"])
                self.assert_service_has("job_spec", access_token=self.canaries["secret"])
                self.assert_clean((project.folder / "terraform.tfstate").read_bytes(), "the state")
                variables = self.variables(header="h", secret="another")
                self.assert_plan_is_empty(project=project, **variables)
                project.write(MODULE % (2, 2))
                self.apply(project=project, **variables)
                self.assert_service_has("http_url_spec", authorization="h", secret="another")
                self.assert_service_has("job_spec", access_token="another")
                self.assert_plan_is_empty(project=project, **variables)


if __name__ == "__main__":
    unittest.main()
