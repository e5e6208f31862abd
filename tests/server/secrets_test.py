"""Secrets of a real MLflow server's webhooks: which one it holds is told by the signature of a delivery, which the server's
own test call makes."""

import base64
import hashlib
import hmac
import re
import unittest

from servers import HEAD, ServerCase

VERSIONED = """
  secret_wo         = var.secret
  secret_wo_version = {version}
"""
VARIABLE = """
variable "secret" {
  type      = string
  ephemeral = true
  default   = "first"
}
"""


def signed_with(delivery, secrets):
    """Which of the secrets has signed it; None: it has no signature."""
    headers, body = delivery
    headers = {name.lower(): value for name, value in headers.items()}
    if "x-mlflow-signature" not in headers:
        return None
    text = f"{headers['x-mlflow-delivery-id']}.{headers['x-mlflow-timestamp']}.{body}"
    for secret in secrets:
        digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
        if headers["x-mlflow-signature"] == "v1," + base64.b64encode(digest).decode():
            return secret
    raise AssertionError("signed with another secret")


class SecretsTest(ServerCase):
    def setUp(self):
        super().setUp()
        self.target = self.receiver()

    def write(self, more="", head="", **attributes):
        self.webhook(more=more, head=head, url=f'"{self.target.url}"', **attributes)

    def held(self, *secrets):
        """The secret that the server holds."""
        self.target.got.clear()
        answer = self.server.api("POST", f"2.0/mlflow/webhooks/{self.attributes()['id']}/test", {})
        self.assertTrue(answer["result"]["success"], answer)
        (delivery,) = self.target.got
        return signed_with(delivery, secrets)

    def test_added_changed_and_removed(self):
        self.write()
        self.apply()
        made = self.attributes()["id"]
        self.assertIsNone(self.held())
        self.write(secret='"first"')
        self.apply()
        self.assertEqual(self.held("first"), "first")
        self.write(secret='"second"')
        self.apply()
        self.assertEqual(self.held("first", "second"), "second")
        self.assertEqual(self.attributes()["id"], made)

        self.write()
        shown = self.plan()
        self.assertIn("must be replaced", shown.flat)
        self.assertRegex(shown.text, r"- secret .*# forces replacement")
        self.apply()
        self.assertNotEqual(self.attributes()["id"], made)
        self.assertIsNone(self.held())
        self.assertEqual(len(self.server.webhooks()), 1)
        self.assert_plan_is_empty()

    def test_write_only_with_a_version(self):
        self.write(VERSIONED.format(version=1), VARIABLE)
        self.apply()
        made = self.attributes()["id"]
        self.assertEqual(self.held("first"), "first")
        self.assert_plan_is_empty()
        self.assert_plan_is_empty("-var=secret=second")  # the version says when

        self.write(VERSIONED.format(version=2), VARIABLE)
        self.apply("-var=secret=second")
        self.assertEqual(self.held("first", "second"), "second")
        self.assertEqual(self.attributes()["id"], made)

        # Removed is: the version changed, also to null, and there is no secret any more.
        for gone in ("", "  secret_wo_version = 3\n", "  secret_wo_version = 3\n  secret_wo = null\n"):
            with self.subTest(gone):
                self.write(gone)
                self.assertRegex(self.plan().text, r"secret_wo_version .*# forces replacement")
        self.write()
        self.apply()
        self.assertNotEqual(self.attributes()["id"], made)
        self.assertIsNone(self.held())

    def test_write_only_without_a_version_rotates_by_itself(self):
        self.write("  secret_wo = var.secret\n", VARIABLE)
        self.apply()
        made = self.attributes()["id"]
        self.assert_plan_is_empty()
        self.apply("-var=secret=second")
        self.assertEqual((self.held("first", "second"), self.attributes()["id"]), ("second", made))
        # That it disappears cannot be told from ignore_changes.
        self.write()
        self.assert_plan_is_empty()
        self.assertEqual(self.held("first", "second"), "second")

    def test_ignored_changes_keep_the_secret(self):
        for ignored in ("all", "[secret_wo]", "[secret_wo, secret_wo_version]"):
            with self.subTest(ignored):
                self.write(VERSIONED.format(version=1), VARIABLE)
                self.apply()
                self.write(VERSIONED.format(version=1) + f"  lifecycle {{ ignore_changes = {ignored} }}\n", VARIABLE)
                self.assert_plan_is_empty("-var=secret=second")
                self.assertEqual(self.held("first"), "first")
                self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)

    def test_from_one_form_to_the_other(self):
        self.write(secret='"first"')
        self.apply()
        made = self.attributes()["id"]
        self.write(VERSIONED.format(version=1), VARIABLE)
        self.assertIn("updated in-place", self.plan("-var=secret=second").flat)
        self.apply("-var=secret=second")
        self.assertIsNone(self.attributes()["secret"])
        self.assertEqual(self.held("first", "second"), "second")
        self.write(secret='"third"')
        self.apply()
        self.assertEqual(self.held("second", "third"), "third")
        self.assertEqual(self.attributes()["id"], made)

    def test_to_a_secret_that_is_not_known_yet(self):
        self.write(secret='"first"')
        self.apply()
        made = self.attributes()["id"]
        later = 'resource "terraform_data" "later" {\n  input = "second"\n}\n'
        self.write("  secret_wo = terraform_data.later.output\n", later)
        shown = self.plan()
        self.assertIn("0 to destroy", shown.flat)
        self.apply()
        self.assertEqual((self.held("first", "second"), self.attributes()["id"]), ("second", made))
        self.assert_plan_is_empty()

    def test_replaced_before_it_is_destroyed(self):
        lifecycle = "  lifecycle { create_before_destroy = true }\n"
        self.write(lifecycle, secret='"first"')
        self.apply()
        made = self.attributes()["id"]
        self.write(lifecycle)
        self.apply()
        self.assertNotEqual(self.attributes()["id"], made)
        self.assertIsNone(self.held())
        self.assertEqual(len(self.server.webhooks()), 1)

    def test_an_imported_webhook_gets_its_secret_once(self):
        made = self.server.create(url=self.target.url, secret="theirs")
        self.write(name='"other"', secret='"ours"')
        self.project.init()
        self.assertEqual(self.project.run("import", "mlflow_server_webhook.this", made).code, 0)
        self.assertEqual(self.held("theirs"), "theirs")
        self.apply()
        self.assertEqual((self.held("theirs", "ours"), self.attributes()["id"]), ("ours", made))
        self.assert_plan_is_empty()

    def test_nothing_shows_a_secret(self):
        canaries = ("canary-plain", "canary-wo")
        self.project.write(HEAD + f"""
            resource "mlflow_server_webhook" "plain" {{
              name   = "plain"
              url    = "{self.target.url}/canary-path?token=canary-query"
              events = ["model_version.created"]
              secret = "canary-plain"
            }}
            resource "mlflow_server_webhook" "wo" {{
              name      = "wo"
              url       = "{self.target.url}/canary-path?token=canary-query"
              events    = ["model_version.created"]
              secret_wo = "canary-wo"
            }}""")
        self.project.init()
        log = self.project.root / "log"
        output = self.project.run("apply", "-auto-approve", TF_LOG="trace", TF_LOG_PATH=str(log))
        self.assertEqual(output.code, 0, output.text)
        provided = "\n".join(line for line in log.read_text().splitlines() if "provider.terraform-provider-mlflow" in line)
        self.assertIn("mlflow/webhooks", provided)
        for canary in (*canaries, "canary-path", "canary-query"):
            self.assertNotIn(canary, provided)
        for canary in canaries:
            self.assertNotIn(canary, output.text)
        state = (self.project.folder / "terraform.tfstate").read_text()
        self.assertNotIn("canary-wo", state)
        self.assertEqual(len(re.findall("canary-plain", state)), 1)


if __name__ == "__main__":
    unittest.main()
