"""A real MLflow server below a static prefix, that answers to names of its own only."""

import unittest

from servers import ServerCase


class PrefixTest(ServerCase):
    server_arguments = ("--static-prefix", "/ml/flow")
    server_options = {"prefix": "/ml/flow"}

    def test_life_below_a_prefix(self):
        for slash in ("", "/"):
            with self.subTest(slash):
                self.webhook(head=f'provider "mlflow" {{\n  tracking_uri = "{self.address}{slash}"\n}}\n')
                self.apply()
                self.assert_plan_is_empty()
                self.assertEqual(len(self.server.webhooks()), 1)
        self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
        self.assertEqual(self.server.webhooks(), [])

    def test_without_the_prefix(self):
        self.webhook()
        self.apply()
        made = self.attributes()
        for command in (("plan",), ("apply", "-auto-approve"), ("destroy", "-auto-approve")):
            with self.subTest(command):
                refused = self.refuse(*command, MLFLOW_TRACKING_URI=self.workspace.url)
                self.assertIn("prefix", refused)
                self.assertEqual(self.attributes(), made)

    def test_a_name_that_the_server_does_not_answer_to(self):
        self.webhook()
        self.apply()
        made = self.attributes()
        self.workspace.fault("request_headers", headers={"Host": "mlflow.example.com"}, times=99)
        for command in (("plan",), ("apply", "-auto-approve"), ("destroy", "-auto-approve")):
            with self.subTest(command):
                self.assertIn("--allowed-hosts", self.refuse(*command))
                self.assertEqual(self.attributes(), made)

    def test_something_on_the_way_adds_an_origin(self):
        self.webhook()
        self.workspace.fault("request_headers", headers={"Origin": "https://foreign.example.com"}, times=99)
        self.assertIn("Origin", self.refuse("apply", "-auto-approve"))
        self.assertEqual(self.server.webhooks(), [])


if __name__ == "__main__":
    unittest.main()
