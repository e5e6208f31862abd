"""Targets that are known only after apply: what decides whether the webhook is updated or replaced."""

import unittest

from decided import DecidedCase


class UnknownTest(DecidedCase):
    HEAD = """
variable "n" {
  default = 1
}
resource "terraform_data" "x" {
  input            = var.n
  triggers_replace = var.n
}
"""
    HTTP = 'http_url_spec = terraform_data.x.id == "" ? null : { url = "https://example.com/${var.n}", secret_wo = "s" }'
    JOB = 'job_spec = terraform_data.x.id == "" ? null : { job_id = "4${var.n}" }'
    NO_HTTP = 'http_url_spec = terraform_data.x.id != "" ? null : { url = "https://example.com" }'
    NO_JOB = 'job_spec = terraform_data.x.id != "" ? null : { job_id = "4" }'

    def test_one_unknown_target_is_an_update_of_its_kind(self):
        for project in self.projects():
            self.write(project, {"http": self.HTTP, "job": self.JOB}, head=self.HEAD)
            self.apply(project=project)
            first = self.ids(project)
            # The other resource is replaced.
            self.assertIn("1 to add, 2 to change, 1 to destroy", self.plan(project=project, TF_VAR_n="2").flat)
            self.apply(project=project, TF_VAR_n="2")
            self.assertEqual(self.ids(project), first)
            self.assertEqual(self.on_service(project)["http"]["http_url_spec"]["url"], "https://example.com/2")
            self.assertEqual(self.on_service(project)["job"]["job_spec"]["job_id"], "42")
            self.assert_plan_is_empty(project=project, TF_VAR_n="2")

    def test_one_unknown_target_of_the_other_kind_is_a_replacement(self):
        for project in self.projects():
            self.write(project, {"this": self.HTTP, "that": self.JOB}, head=self.HEAD)
            self.apply(project=project)
            self.write(project, {"this": self.JOB, "that": self.HTTP}, head=self.HEAD)
            text = self.plan(project=project, TF_VAR_n="2").flat
            self.assertIn("3 to add, 0 to change, 3 to destroy", text)
            self.assertNotIn("Kind of the target", text)
            self.apply(project=project, TF_VAR_n="2")
            self.assertEqual(self.on_service(project)["this"]["job_spec"]["job_id"], "42")
            self.assert_plan_is_empty(project=project, TF_VAR_n="2")

    def test_two_unknown_targets_are_a_replacement_with_a_warning(self):
        for project in self.projects():
            rows = {"this": self.HTTP + "\n" + self.NO_JOB, "that": self.NO_HTTP + "\n" + self.JOB}
            self.write(project, rows, head=self.HEAD)
            self.apply(project=project)
            first = self.ids(project)
            text = self.plan(project=project, TF_VAR_n="2").flat
            self.assertIn("Kind of the target is not known yet", text)
            self.assertIn("3 to add, 0 to change, 3 to destroy", text)
            self.apply(project=project, TF_VAR_n="2")
            self.assertNotEqual(self.ids(project), first)
            self.assert_plan_is_empty(project=project, TF_VAR_n="2")
            self.write(project, dict(zip(rows, reversed(rows.values()))), head=self.HEAD)
            self.apply(project=project, TF_VAR_n="3")
            self.assertEqual(self.on_service(project)["this"]["job_spec"]["job_id"], "43")


if __name__ == "__main__":
    unittest.main()
