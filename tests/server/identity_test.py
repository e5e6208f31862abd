"""What Terraform 1.12 and later can do with webhooks of a real MLflow server: import by identity, query, and the action."""

import json
import unittest

from servers import HEAD, ServerCase, client_of


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
                               (f'id = "{made}", workspace = "team-a"', made), ('id = ""', "id"),
                               (f'id = "{made}", workspace = "A B"', "workspace")):
            with self.subTest(identity):
                self.import_by(identity)
                self.assertIn(says, self.refuse("plan"))

    def test_the_identity_holds_the_workspace_in_effect(self):
        self.webhook(head='provider "mlflow" {\n  tracking_workspace = "team-a"\n}\n')
        self.apply()
        identity = self.instance()["identity"]
        self.assertEqual((identity["id"], identity["workspace"]), (self.attributes()["id"], "team-a"))

    def query(self, config=""):
        self.project.write(HEAD)
        self.project.write(f"""
            list "mlflow_server_webhook" "all" {{
              provider         = mlflow
              include_resource = true
              {config}
            }}""", "main.tfquery.hcl")
        self.project.init()
        output = self.project.run("query", "-json")
        self.assertEqual(output.code, 0, output.text)
        lines = [json.loads(line) for line in output.text.splitlines() if line.startswith("{")]
        return [line["list_resource_found"] for line in lines if line["type"] == "list_resource_found"]

    def test_query_finds_what_terraform_does_not_know(self):
        made = self.server.create(name="found", description="by hand")
        self.server.create("team-a", name="elsewhere")
        (found,) = self.query()
        self.assertEqual(found["identity"]["id"], made)
        self.assertEqual((found["resource_object"]["name"], found["resource_object"]["description"]), ("found", "by hand"))

    def test_the_action_fires_a_webhook(self):
        target = self.receiver()
        made = self.server.create(url=target.url, secret="signing")
        self.fire(made)
        self.apply()
        self.assertIn("X-MLflow-Signature", target.got[0][0])
        self.assertEqual(json.loads(target.got[0][1])["entity"], "model_version")

    def test_an_action_that_fails_says_what_the_target_said(self):
        refusing = self.receiver(status=404)
        made = self.server.create(url=refusing.url)
        self.fire(made)
        self.assertIn("404", self.refuse("apply", "-auto-approve"))
        self.fire(made, "expect_status = 404")
        self.apply()
        dead = self.server.create(url="http://127.0.0.1:9/")
        self.fire(dead)
        self.refuse("apply", "-auto-approve")

    def fire(self, webhook_id, more=""):
        """A configuration that fires it whenever it is applied."""
        self.project.write(HEAD + f"""
            action "mlflow_server_webhook_test" "fire" {{
              config {{
                webhook_id = "{webhook_id}"
                {more}
              }}
            }}
            resource "terraform_data" "each_time" {{
              input = timestamp()
              lifecycle {{
                action_trigger {{
                  events  = [after_create, after_update]
                  actions = [action.mlflow_server_webhook_test.fire]
                }}
              }}
            }}""")


if __name__ == "__main__":
    unittest.main()
