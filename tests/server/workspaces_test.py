"""Workspaces of an MLflow server that has them (addresses_test.py has one without)."""

import unittest

from servers import HEAD, ServerCase

HEAD_WITH = 'provider "mlflow" {\n  tracking_workspace = "team-a"\n}\n'


class WorkspacesTest(ServerCase):
    server_arguments = ("--enable-workspaces",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("team-a", "team-b"):
            cls.server.api("POST", "3.0/mlflow/workspaces", {"name": name})

    def setUp(self):
        for name in ("team-a", "team-b"):
            for webhook in self.server.webhooks(name):
                self.server.remove(webhook["webhook_id"], name)
        super().setUp()

    def count(self):
        return [len(self.server.webhooks(name)) for name in ("team-a", "team-b", "default")]

    def test_life_in_a_workspace(self):
        self.webhook(workspace='"team-a"')
        self.apply()
        self.assertEqual(self.count(), [1, 0, 0])
        self.assertEqual(self.attributes()["workspace"], "team-a")
        # Whether the server has workspaces is asked once, before the first write.
        self.assertEqual(self.calls(), ["GET server-info", "POST webhooks"])
        self.assert_plan_is_empty()
        self.webhook(workspace='"team-a"', name='"renamed"')
        self.apply()
        self.assertEqual(self.server.only("team-a")["name"], "renamed")
        self.server.remove(self.attributes()["id"], "team-a")
        self.apply()
        self.assertEqual(self.count(), [1, 0, 0])
        self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
        self.assertEqual(self.count(), [0, 0, 0])

    def test_the_providers_workspace_and_the_variable(self):
        self.webhook(head=HEAD_WITH)
        self.apply()
        self.assertEqual(self.count(), [1, 0, 0])
        self.assertIsNone(self.attributes()["workspace"])
        self.assert_plan_is_empty()
        self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
        self.webhook()
        self.apply(MLFLOW_WORKSPACE="team-b")
        self.assertEqual(self.count(), [0, 1, 0])
        self.assert_plan_is_empty(MLFLOW_WORKSPACE="team-b")

    def test_to_name_the_workspace_that_it_is_in_changes_nothing(self):
        self.webhook(head=HEAD_WITH)
        self.apply()
        made = self.attributes()["id"]
        self.webhook(head=HEAD_WITH, workspace='"team-a"')
        self.assertIn("updated in-place", self.plan().flat)
        self.workspace.forget()
        self.apply()
        self.assertNotIn("PATCH ID", self.calls())
        self.assertEqual((self.attributes()["id"], self.attributes()["workspace"]), (made, "team-a"))
        self.webhook(head=HEAD_WITH)
        self.apply()
        self.assertEqual((self.attributes()["id"], self.attributes()["workspace"]), (made, None))

    def test_the_default_workspace_is_the_same_with_its_name_and_without(self):
        self.webhook()
        self.apply()
        made = self.attributes()["id"]
        for workspace in ("default", None):
            with self.subTest(workspace):
                self.webhook(workspace=workspace and f'"{workspace}"')
                self.assertIn("updated in-place", self.plan().flat)
                self.workspace.forget()
                self.apply()
                self.assertEqual({call.split()[0] for call in self.calls()}, {"GET"})
                self.assertEqual((self.attributes()["id"], self.attributes()["workspace"]), (made, workspace))
                self.assert_plan_is_empty()
        self.assertEqual(self.project.run("state", "rm", "mlflow_server_webhook.this").code, 0)
        self.assertEqual(self.project.run("import", "mlflow_server_webhook.this", f"default/{made}").code, 0)
        self.apply()
        self.assertEqual((self.attributes()["id"], self.attributes()["workspace"]), (made, None))

    def test_another_workspace_replaces(self):
        self.webhook(workspace='"team-a"')
        self.apply()
        self.webhook(workspace='"team-b"')
        self.assertRegex(self.plan().text, r"workspace .*# forces replacement")
        self.apply()
        self.assertEqual(self.count(), [0, 1, 0])

    def test_a_changed_workspace_of_the_provider_alone_is_no_proof_that_it_is_gone(self):
        self.webhook(head=HEAD_WITH)
        self.apply()
        made = self.attributes()
        self.webhook()
        refused = self.refuse("plan", MLFLOW_WORKSPACE="team-b")
        self.assertIn("team-a", refused)
        self.refuse("apply", "-auto-approve", MLFLOW_WORKSPACE="team-b")
        self.assertEqual(self.attributes(), made)
        self.assertEqual(self.count(), [1, 0, 0])

    def test_an_unknown_workspace_is_an_error_and_keeps_the_state(self):
        self.webhook(workspace='"nope"')
        self.assertIn("nope", self.refuse("apply", "-auto-approve"))
        self.webhook(head=HEAD_WITH)
        self.apply()
        made = self.attributes()
        self.webhook()
        self.assertIn("nope", self.refuse("apply", "-auto-approve", MLFLOW_WORKSPACE="nope"))
        self.assertEqual(self.attributes(), made)

    def test_a_lost_create_is_looked_for_in_its_workspace(self):
        self.webhook(workspace='"team-a"')
        self.workspace.fault("reset_after", method="POST", operation="webhooks")
        self.apply()
        self.assertEqual(self.server.only("team-a")["webhook_id"], self.attributes()["id"])
        self.assertEqual(self.count(), [1, 0, 0])

    def test_import_with_the_workspace(self):
        made = self.server.create("team-b")
        self.webhook(name='"other"', workspace='"team-b"')
        self.project.init()
        output = self.project.run("import", "mlflow_server_webhook.this", f"team-b/{made}")
        self.assertEqual(output.code, 0, output.text)
        self.assertEqual((self.attributes()["id"], self.attributes()["workspace"]), (made, "team-b"))
        self.assert_plan_is_empty()
        for wrong in (made, f"team-a/{made}"):
            with self.subTest(wrong):
                project = self.make_project()
                self.webhook(project=project)
                project.init()
                self.assertEqual(project.run("import", "mlflow_server_webhook.this", wrong).code, 1)

    def test_data_sources_look_into_the_workspace_that_is_meant(self):
        in_a, in_b = self.server.create("team-a", name="a"), self.server.create("team-b", name="b")
        rows = (("", "", []), (HEAD_WITH, "", [in_a]), ("", 'workspace = "team-b"', [in_b]),
                (HEAD_WITH, 'workspace = "team-b"', [in_b]))
        for head, workspace, expected in rows:
            with self.subTest(head, workspace=workspace):
                self.project.write(HEAD + head + f"""
                    data "mlflow_server_webhooks" "all" {{
                      {workspace}
                    }}
                    output "ids" {{
                      value = data.mlflow_server_webhooks.all.webhooks[*].id
                    }}""")
                self.apply()
                self.assertEqual(self.project.state()["outputs"]["ids"]["value"], expected)
        for by in (f'id = "{in_b}"', 'name = "b"'):
            self.project.write(HEAD + HEAD_WITH + f'data "mlflow_server_webhook" "b" {{\n  {by}\n}}\n')
            refused = self.refuse("plan")
            self.assertIn("workspace team-a of the server", refused)
            self.assertIn("has no webhook with the", refused)
        self.project.write(HEAD + 'data "mlflow_server_webhooks" "all" {\n  workspace = "team-c"\n}\n')
        self.assertIn("team-c", self.refuse("plan"))


if __name__ == "__main__":
    unittest.main()
