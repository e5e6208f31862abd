"""Import by identity from a real MLflow server, which Terraform can since 1.12."""

import unittest

from servers import ServerCase, client_of


class IdentityTest(ServerCase):
    server_arguments = ("--enable-workspaces",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.api("POST", "3.0/mlflow/workspaces", {"name": "team-a"})

    def setUp(self):
        for webhook in self.server.webhooks("team-a"):
            self.server.remove(webhook["webhook_id"], "team-a")
        super().setUp()

    def make_project(self, client=None):
        return super().make_project(client or client_of("1.15"))

    def import_by(self, identity, **attributes):
        self.webhook(name='"other"', head=f"""
            import {{
              to       = mlflow_server_webhook.this
              identity = {{ {identity} }}
            }}
            """, **attributes)

    def test_import_by_identity(self):
        made = self.server.create()
        for more in ("", f', tracking_uri = "{self.address}"', f', tracking_uri = "{self.address.upper()}/"'):
            with self.subTest(more):
                self.import_by(f'id = "{made}"{more}')
                self.apply()
                self.assertEqual(self.instance()["identity"]["id"], made)
                self.assertEqual(self.attributes()["id"], made)
                self.assert_plan_is_empty()
                self.assertEqual(self.project.run("state", "rm", "mlflow_server_webhook.this").code, 0)

    def test_import_by_identity_in_a_workspace(self):
        made = self.server.create("team-a")
        self.import_by(f'id = "{made}", workspace = "team-a"', workspace='"team-a"')
        self.apply()
        self.assertEqual(self.instance()["identity"]["workspace"], "team-a")
        self.assert_plan_is_empty()

    def test_identities_that_are_refused(self):
        made = self.server.create()
        for identity, says in ((f'id = "{made}", tracking_uri = "https://elsewhere.example.com"', "elsewhere.example.com"),
                               (f'id = "{made}", workspace = "team-a"', made), ('id = ""', "id"), ('id = "a/b"', "no id of a webhook"),
                               (f'id = "{made}", workspace = "A B"', "workspace")):
            with self.subTest(identity):
                self.import_by(identity)
                self.assertIn(says, self.refuse("plan"))

    def test_the_identity_holds_the_workspace_in_effect(self):
        self.webhook(head='provider "mlflow" {\n  tracking_workspace = "team-a"\n}\n')
        self.apply()
        identity = self.instance()["identity"]
        self.assertEqual((identity["id"], identity["workspace"]), (self.attributes()["id"], "team-a"))


if __name__ == "__main__":
    unittest.main()
