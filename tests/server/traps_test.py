"""What an MLflow server answers to things that it does not like, and what the provider makes of it; bad input that it is not
asked about at all."""

import contextlib
import sqlite3
import unittest

from servers import HEAD, ServerCase


class TrapsTest(ServerCase):
    server_options = {"MLFLOW_WEBHOOK_ALLOWED_SCHEMES": "https", "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS": None}

    def setUp(self):
        super().setUp()
        # The server asks for the target's address, which the name of a machine without a network does not have.
        self.public = '"https://93.184.215.14/hook"'

    def test_an_unknown_event_is_warned_of_and_explained(self):
        self.webhook(url=self.public, events='["model_version.create"]')
        self.assertIn("model_version.created", self.plan().flat)
        self.assertIn("Warning", self.plan().flat)
        refused = self.refuse("apply", "-auto-approve")
        self.assertIn("model_version.create", refused)
        self.assertIn("3.17.2", refused)
        self.assertEqual(self.server.webhooks(), [])
        self.assertEqual(self.calls().count("POST webhooks"), 1)

        self.webhook(url=self.public)
        self.apply()
        self.webhook(url=self.public, events='["model_version.created", "experiment.created"]')
        self.assertIn("experiment.created", self.refuse("apply", "-auto-approve"))
        self.assertEqual(self.attributes()["events"], ["model_version.created"])
        self.assertEqual(len(self.server.only()["events"]), 1)

    def test_targets_that_the_server_refuses(self):
        for url, says in (("http://93.184.215.14/x", "MLFLOW_WEBHOOK_ALLOWED_SCHEMES"),
                          ("https://127.0.0.1/x", "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS"),
                          ("https://name.invalid/x", "name.invalid")):
            with self.subTest(url):
                self.webhook(url=f'"{url}"')
                self.assertIn(says, self.refuse("apply", "-auto-approve"))
                self.assertEqual(self.server.webhooks(), [])

    def test_a_refused_update_leaves_the_state_as_it_was(self):
        self.webhook(url=self.public)
        self.apply()
        self.webhook(url='"https://127.0.0.1/x"', name='"renamed"')
        self.refuse("apply", "-auto-approve")
        self.assertEqual((self.attributes()["name"], self.server.only()["name"]), ("hook", "hook"))

    def test_user_information_in_the_target_is_taken_and_in_no_error(self):
        address = 'variable "url" {{\n  default = "https://canary-user:canary-password@{}/canary-path"\n}}\n'
        self.webhook(url="var.url", head=address.format("127.0.0.1"))
        refused = self.refuse("apply", "-auto-approve")
        told = refused[refused.index("Error:"):]
        self.assertIn("127.0.0.1", told)
        self.assertNotIn("canary", told)
        self.webhook(url="var.url", head=address.format("93.184.215.14"))
        self.apply()
        self.assertEqual(self.server.only()["url"], "https://canary-user:canary-password@93.184.215.14/canary-path")

    def test_bad_input_is_refused_by_the_plan(self):
        rows = (
            ("name", '""'), ("name", '"-a"'), ("name", '"a-"'), ("name", '"a b"'), ("name", '"grün"'), ("name", '"a\\n"'),
            ("name", f'"{"a" * 64}"'), ("url", '""'), ("url", '"ftp://example.com"'), ("url", '"example.com"'),
            ("url", '"https://"'), ("url", '"https:///x"'), ("url", '" https://example.com"'),
            ("url", '"https://example.com/\\n"'), ("events", "[]"), ("events", '["MODEL_VERSION_CREATED"]'),
            ("events", '["MODEL_VERSION.CREATED"]'), ("events", '["model_version"]'), ("events", '[""]'),
            ("events", '["model_version.created", null]'), ("status", '"disabled"'), ("status", '"TEST_MODE"'),
            ("status", '""'), ("secret", '""'), ("workspace", '"-a"'), ("workspace", '"A"'),
            ("workspace", f'"{"a" * 64}"'), ("workspace", '""'), ("id", '"x"'), ("created_at", '"x"'), ("updated_at", '"x"'),
        )
        self.project.init()
        for name, value in rows:
            with self.subTest(name, value=value):
                self.webhook(**{name: value})
                refused = self.refuse("validate")
                self.assertRegex(refused, rf"\b{name}\b")
        for more in ({"secret_wo": '"b"'}, {"secret_wo_version": "1"}):
            with self.subTest(more):
                self.webhook(secret='"a"', **more)
                self.assertIn("secret_wo", self.refuse("validate"))
        self.assertEqual(self.calls(), [])

    def test_at_the_limits(self):
        for values in ({"name": f'"{"a" * 63}"'}, {"name": '"a..b"'}, {"url": '"HTTPS://93.184.215.14/%20?a#b"'}):
            with self.subTest(values):
                self.webhook(**{"url": self.public, **values})
                self.apply()
                self.assert_plan_is_empty()
        for values, limit in (({"description": f'"{"d" * 1001}"'}, "1000"), ({"secret": f'"{"s" * 688}"'}, "687"),
                              ({"url": f'"https://93.184.215.14/{"u" * 500}"'}, "500")):
            with self.subTest(limit):
                self.webhook(**{"url": self.public, **values})
                self.assertIn(limit, self.plan().flat)
                self.apply()

    def test_the_other_services_events_name_its_resource(self):
        self.webhook(events='["MODEL_VERSION_CREATED"]')
        self.assertIn("mlflow_webhook", self.refuse("validate"))
        self.project.write(HEAD + """
            resource "mlflow_webhook" "this" {
              events        = ["model_version.created"]
              http_url_spec = { url = "https://example.com" }
            }""")
        self.assertIn("mlflow_server_webhook", self.project.run("validate").flat)

    def test_a_locked_database(self):
        """The server gives up after 20 s and answers 503, with the statement and the row's values in the message."""
        self.webhook(url=self.public, description='"canary-text"', secret='"canary-secret"',
                     head='provider "mlflow" {\n  retry_timeout_seconds = 1\n}\n')
        self.project.init()
        with contextlib.closing(sqlite3.connect(self.server.database)) as other:
            other.execute("BEGIN IMMEDIATE")
            output = self.project.run("apply", "-auto-approve")
            self.assertEqual(output.code, 1, output.text)
            told = output.flat[output.flat.index("Error:"):]
            self.assertIn("database is locked", told)
            for hidden in ("SQL:", "parameters", "canary-text", "canary-secret"):
                self.assertNotIn(hidden, told)
        self.apply()
        self.assertEqual(len(self.server.webhooks()), 1)
        self.assert_plan_is_empty()


if __name__ == "__main__":
    unittest.main()
