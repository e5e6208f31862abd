"""An ephemeral resource of a provider on these libraries, with the real client: what it lends makes a webhook, is kept nowhere,
and is given back."""

import hashlib
import unittest

from harness import HEAD, Case

LENT = "lent-canary-0123456789"
BOTH = HEAD.replace("required_providers {", """required_providers {
    databricks = { source = "registry.terraform.io/databricks/databricks" }""")
TEXT = """
variable "lent" {
  ephemeral = true
}
ephemeral "databricks_token" "one" {
  diary = "DIARY"
  lent  = var.lent
}
resource "mlflow_webhook" "this" {
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url       = "https://example.com/webhook"
    secret_wo = ephemeral.databricks_token.one.value
  }
}
"""


class EphemeralTest(Case):
    def setUp(self):
        super().setUp()
        self.diary = self.project.root / "diary"
        self.project.write(BOTH + TEXT.replace("DIARY", str(self.diary)))
        self.project.init()

    def assert_lent_twice(self):
        """For the plan and for the apply. When it is renewed is the client's to choose."""
        lines = [line for line in self.diary.read_text().split() if line != "renewed"]
        self.assertEqual(lines, ["opened", "closed"] * 2)
        self.diary.unlink()

    def test_is_lent_for_a_run(self):
        self.apply(TF_VAR_lent=LENT)
        self.assert_lent_twice()
        self.assertIn(hashlib.sha256(LENT.encode()).hexdigest(), str(self.workspace.requests("create")))
        for file in self.project.folder.glob("*.tfstate*"):
            self.assertNotIn(LENT, file.read_text())
        self.assert_plan_is_empty(TF_VAR_lent=LENT)

    def test_a_configuration_that_is_wrong(self):
        self.project.write(BOTH + TEXT.replace("  lent  = var.lent\n", ""))
        self.assertIn('The argument "lent" is required', self.refuse("validate"))


if __name__ == "__main__":
    unittest.main()
