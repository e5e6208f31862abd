"""Signing in to a real MLflow server with basic authentication, and what is told where it fails: which credentials were used
and where they come from, never their values."""

import base64
import unittest

from servers import PASSWORD, ServerCase

CANARY = "canary-wrong"


class SignInTest(ServerCase):
    server_arguments = ("--app-name", "basic-auth")
    server_options = {"MLFLOW_FLASK_SERVER_SECRET_KEY": "any", "MLFLOW_AUTH_ADMIN_USERNAME": "admin",
                      "MLFLOW_AUTH_ADMIN_PASSWORD": PASSWORD}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.authorization = "Basic " + base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
        cls.server.api("POST", "2.0/mlflow/users/create", {"username": "reader", "password": PASSWORD})

    def credentials_file(self, **keys):
        folder = self.project.root / ".mlflow"
        folder.mkdir(exist_ok=True)
        (folder / "credentials").write_text("[mlflow]\n" + "".join(f"{name} = {value}\n" for name, value in keys.items()))

    def provider(self, **attributes):
        lines = "".join(f'  tracking_{name} = "{value}"\n' for name, value in attributes.items())
        return f'provider "mlflow" {{\n{lines}}}\n'

    def test_each_source_of_credentials(self):
        variables = {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": PASSWORD}
        wrong = {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": CANARY}
        file = {"mlflow_tracking_username": "admin", "mlflow_tracking_password": PASSWORD}
        rows = (
            ("block", self.provider(username="admin", password=PASSWORD), wrong, {}),
            ("variables", "", variables, {"mlflow_tracking_username": "admin", "mlflow_tracking_password": CANARY}),
            ("file", "", {}, file),
            ("user from a variable, password from the file", "", {"MLFLOW_TRACKING_USERNAME": "admin"},
             {"mlflow_tracking_password": PASSWORD}),
            ("user from the block, password from a variable", self.provider(username="admin"),
             {"MLFLOW_TRACKING_PASSWORD": PASSWORD}, {}),
            ("empty texts are unset", self.provider(username="", password="", token=""),
             {**variables, "MLFLOW_TRACKING_TOKEN": ""}, {}),
            ("a token of a lower level is not used", self.provider(username="admin", password=PASSWORD),
             {"MLFLOW_TRACKING_TOKEN": CANARY}, {}),
        )
        for name, head, environment, keys in rows:
            with self.subTest(name):
                self.credentials_file(**keys)
                self.webhook(head=head)
                self.apply(**environment)
                self.assertEqual(len(self.server.webhooks()), 1)
                self.assertEqual(self.project.run("destroy", "-auto-approve", **environment).code, 0)

    def test_refused_sign_ins_say_what_was_used_and_where_from(self):
        rows = (
            ("none", "", {}, ("No credentials",)),
            ("wrong password", self.provider(username="admin", password=CANARY), {}, ("password from the provider block",)),
            ("variables", "", {"MLFLOW_TRACKING_USERNAME": "nobody", "MLFLOW_TRACKING_PASSWORD": CANARY},
             ("MLFLOW_TRACKING_PASSWORD",)),
            ("token", self.provider(token=CANARY), {}, ("token from the provider block",)),
            ("token of a variable", "", {"MLFLOW_TRACKING_TOKEN": CANARY}, ("MLFLOW_TRACKING_TOKEN",)),
        )
        for name, head, environment, says in rows:
            with self.subTest(name):
                self.webhook(head=head)
                refused = self.refuse("apply", "-auto-approve", **environment)
                for words in ("401", *says):
                    self.assertIn(words, refused)
                self.assertNotIn(CANARY, refused)
                self.assertEqual(self.server.webhooks(), [])
        self.credentials_file(mlflow_tracking_username="admin", mlflow_tracking_password=CANARY)
        self.webhook()
        refused = self.refuse("apply", "-auto-approve")
        self.assertIn("credentials", refused)
        self.assertNotIn(CANARY, refused)

    def test_what_is_not_supported_is_named(self):
        for variables in ({"MLFLOW_TRACKING_AWS_SIGV4": "true"}, {"MLFLOW_TRACKING_AUTH": "plugin"}):
            with self.subTest(variables):
                self.webhook()
                (variable,) = variables
                self.assertIn(variable, self.refuse("apply", "-auto-approve", **variables))

    def test_conflicts_within_one_level(self):
        rows = (
            (self.provider(username="admin", password=CANARY, token=CANARY), {}, ("tracking_token", "tracking_username")),
            ("", {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": CANARY, "MLFLOW_TRACKING_TOKEN": CANARY},
             ("MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME")),
            (self.provider(username="admin"), {}, ("password",)),
            ("", {"MLFLOW_TRACKING_USERNAME": "admin"}, ("MLFLOW_TRACKING_PASSWORD",)),
        )
        for head, environment, says in rows:
            with self.subTest(head, environment=environment):
                self.webhook(head=head)
                refused = self.refuse("plan", **environment)
                for words in says:
                    self.assertIn(words, refused)
                self.assertNotIn(CANARY, refused)

    def test_signed_in_without_the_right(self):
        self.webhook()
        refused = self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_USERNAME="reader", MLFLOW_TRACKING_PASSWORD=PASSWORD)
        self.assertIn("403", refused)
        self.assertIn("administrator", refused)

        admin = {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": PASSWORD}
        self.apply(**admin)
        made = self.attributes()
        for user, password in (("reader", PASSWORD), ("admin", CANARY)):
            with self.subTest(user):
                self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_USERNAME=user, MLFLOW_TRACKING_PASSWORD=password)
                self.assertEqual(self.attributes(), made)
        self.server.remove(made["id"])
        self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_USERNAME="reader", MLFLOW_TRACKING_PASSWORD=PASSWORD)
        self.assertEqual(self.attributes(), made)
        self.apply(**admin)
        self.assertNotEqual(self.attributes()["id"], made["id"])

    def test_logs_show_no_password(self):
        self.webhook(head=self.provider(username="admin", password=PASSWORD))
        self.project.init()
        output = self.project.run("apply", "-auto-approve", TF_LOG_PROVIDER="trace")
        self.assertEqual(output.code, 0, output.text)
        provided = "\n".join(line for line in output.text.splitlines() if "provider.terraform-provider-mlflow" in line)
        self.assertNotIn(PASSWORD, provided)
        self.assertNotIn(self.server.authorization.split()[1], provided)


if __name__ == "__main__":
    unittest.main()
