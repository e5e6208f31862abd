"""An address that is the secret (url_wo) on a real MLflow server: found nowhere, drift, lost creates, imports, refusals."""

import base64
import unittest
import zipfile

from servers import ServerCase
from harness import client_of  # on the path by then  # pylint: disable=wrong-import-order

VARIABLE = 'variable "url" {\n  ephemeral = true\n}\n'


class SecretAddressesTest(ServerCase):
    canaries = ("T0P4TH-CANARY", "q5ery-canary-0123456789")
    url = f"https://hooks.slack.com/services/{canaries[0]}/x?sig={canaries[1]}"
    other = f"https://hooks.slack.com/services/{canaries[0]}/y?sig={canaries[1]}"

    def write(self, more="", **attributes):
        self.webhook(more=more, head=VARIABLE, url=None, url_wo="var.url", **attributes)

    def assert_clean(self, content, what):
        for canary in self.canaries:
            for form in (canary.encode(), base64.b64encode(canary.encode()).rstrip(b"="), canary.encode().hex().encode()):
                self.assertNotIn(form, content, f"an address is in {what}")

    def traced(self, *command, code=0, url=None):
        log = self.project.root / "trace.log"
        log.unlink(missing_ok=True)
        output = self.project.run(*command, TF_LOG="TRACE", TF_LOG_PATH=str(log), TF_VAR_url=url or self.url)
        self.assertEqual(output.code, code, output.text)
        self.assert_clean(output.text.encode(), f"the output of {command[0]}")
        self.assert_clean(log.read_bytes(), f"the log of {command[0]}")
        for file in self.project.folder.glob("*.tfstate*"):
            self.assert_clean(file.read_bytes(), file.name)
        for file in self.project.folder.glob("*.plan"):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    self.assert_clean(archive.read(name), f"{name} of the plan file")
        return output.flat

    def test_found_nowhere_in_a_life(self):
        self.write()
        self.project.init()
        self.traced("plan", "-out=saved.plan")
        self.traced("apply", "saved.plan")
        self.assertEqual(self.server.only()["url"], self.url)
        self.assertIsNone(self.attributes()["url"])
        self.traced("plan", "-detailed-exitcode")
        self.write(description='"second"')
        self.traced("apply", "-auto-approve")
        self.assertEqual(self.server.only()["url"], self.url)
        self.assertIn("url_wo: its value is not the one that was last sent",
                      self.traced("apply", "-auto-approve", url=self.other))
        self.assertEqual(self.server.only()["url"], self.other)
        self.traced("apply", "-auto-approve", "-replace=mlflow_server_webhook.this")
        self.assertEqual(self.server.only()["url"], self.url)
        self.workspace.fault("status", method="PATCH", status=400, error_code="INVALID_PARAMETER_VALUE",
                             message=f"Invalid webhook URL: {self.url}", times=9)
        self.write(description='"third"')
        self.traced("apply", "-auto-approve", code=1)
        self.workspace.clear_faults()
        self.traced("apply", "-auto-approve")
        self.traced("plan", "-detailed-exitcode")
        self.traced("destroy", "-auto-approve")
        self.assertEqual(self.server.webhooks(), [])

    def test_drift_is_mended(self):
        for version in ("", "url_wo_version = 1"):
            with self.subTest(version):
                self.setUp()
                self.write(more="  " + version)
                self.apply(TF_VAR_url=self.url)
                self.server.drift(self.attributes()["id"], url=self.other)
                # It shows the time of the change, and nothing of the address.
                self.assertNotIn(" url", self.traced("plan", "-refresh-only"))
                text = self.traced("plan", "-detailed-exitcode", code=2)
                self.assertIn("the service does not have the one that was last sent", text)
                self.assertIn("0 to add, 1 to change, 0 to destroy", text)
                self.traced("apply", "-auto-approve")
                self.assertEqual(self.server.only()["url"], self.url)
                self.traced("plan", "-detailed-exitcode")

    def test_a_lost_create_is_found_by_the_address_that_was_sent(self):
        self.server.create(name="hook", url=self.other)
        self.write()
        self.project.init()
        self.workspace.fault("reset_after", method="POST", operation="webhooks")
        self.traced("apply", "-auto-approve")
        self.assertEqual(sorted(w["url"] for w in self.server.webhooks()), [self.url, self.other])
        self.traced("plan", "-detailed-exitcode")

    def test_an_import_is_clear_until_the_first_apply(self):
        webhook_id = self.server.create(name="hook", url=self.url)
        self.write()
        self.project.init()
        self.assertEqual(self.project.run("import", "mlflow_server_webhook.this", webhook_id, TF_VAR_url=self.url).code, 0)
        self.assertEqual(self.attributes()["url"], self.url)
        self.apply(TF_VAR_url=self.url)
        (self.project.folder / "terraform.tfstate.backup").unlink()  # of the import
        self.traced("plan", "-detailed-exitcode")

    def test_older_clients(self):
        project = self.make_project(client_of("1.10"))
        self.webhook(project=project, url=None, url_wo=f'"{self.url}"')
        text = self.refuse("validate", project=project)
        self.assertIn("Terraform 1.11", text)
        self.assert_clean(text.encode(), "the refusal")


if __name__ == "__main__":
    unittest.main()
