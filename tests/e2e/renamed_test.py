"""Models that were renamed: their webhooks keep their ids, and are not forgotten, doubled or left firing."""

import unittest

from harness import HTTP, Case, client_of

OLD = HTTP + '\n  model_name = "old"'
NEW = HTTP + '\n  model_name = "new"'


class RenamedTest(Case):
    def start(self, client=None):
        """A project with one webhook, whose model has another name since."""
        self.workspace.reset()
        project = self.make_project(client)
        project.resource(OLD)
        self.apply(project=project)
        webhook_id = self.workspace.only()["id"]
        self.workspace.drift(webhook_id, model_name="new")
        return project, webhook_id

    def test_it_stays_in_the_state(self):
        for client in ("1.6", "1.11", "1.12", "1.15"):
            for missing in (True, False):
                with self.subTest(client=client, missing=missing):
                    project, webhook_id = self.start(client_of(client))
                    # Another model may have got the old name since.
                    self.workspace.settings(models=["new"] if missing else ["old", "new"])
                    output = self.plan(project=project)
                    self.assertIn("Webhook watches another model than before", output.flat)
                    self.assertIn(f"Webhook {webhook_id} was last seen for the model old; now it is for the model new", output.flat)
                    self.assertIn("1 to add, 0 to change, 1 to destroy", output.flat)
                    project.resource(NEW)
                    self.assertIn("Webhook watches another model", self.apply(project=project).flat)
                    output = self.assert_plan_is_empty(project=project)
                    self.assertNotIn("another model", output.flat)
                    self.assertEqual([w["id"] for w in self.workspace.webhooks()], [webhook_id])
                    instance = project.state()["resources"][0]["instances"][0]
                    self.assertEqual(instance["attributes"]["model_name"], "new")
                    if client in ("1.12", "1.15"):
                        self.assertEqual(instance["identity"]["model_name"], "new")

    def test_destroy_deletes_it(self):
        project, _ = self.start()
        output = project.run("destroy", "-auto-approve")
        self.assertEqual(output.code, 0, output.text)
        self.assertEqual(self.workspace.webhooks(), [])

    def test_an_update_after_a_rename(self):
        project, webhook_id = self.start(client_of("1.15"))
        project.resource(NEW + '\n  description = "after"')
        self.assertIn("0 added, 1 changed, 0 destroyed", self.apply(project=project).flat)
        self.assertEqual((self.workspace.only()["id"], self.workspace.only()["description"]), (webhook_id, "after"))
        self.assert_plan_is_empty(project=project)

    def test_everything_is_asked_once(self):
        self.project.resource(OLD.replace("/webhook", "/${count.index}") + "\n  count = 5")
        self.apply()
        for webhook in self.workspace.webhooks():
            self.workspace.remove(webhook["id"])
        self.workspace.forget()
        self.assertIn("5 to add", self.plan().flat)
        self.assertEqual(len(self.workspace.requests("list")), 2)

    def test_the_models_word_counts_where_everything_is_refused(self):
        project, _ = self.start()
        self.workspace.settings(users={self.workspace.token: {"admin": False, "models": ["old", "new"]}})
        output = self.plan(project=project)
        self.assertIn("Webhook is gone, by its model alone", output.flat)
        self.assertIn("1 to add, 0 to change, 0 to destroy", output.flat)

    def test_a_bad_token_is_no_word(self):
        project, _ = self.start()
        self.workspace.fault("status", operation="list", nth=2, times=9, status=401, error_code="UNAUTHENTICATED")
        self.refuse("plan", project=project)
        self.assertEqual(len(project.state()["resources"]), 1)

    def test_data_sources_keep_their_filter(self):
        project, webhook_id = self.start()
        project.resource(OLD, head=f'data "mlflow_webhook" "it" {{\n  id = "{webhook_id}"\n  model_name = "old"\n}}\n'
                         'data "mlflow_webhooks" "all" {\n  model_name = "old"\n}\n'
                         'output "all" {\n  value = length(data.mlflow_webhooks.all.webhooks)\n}\n')
        text = self.refuse("plan", project=project)
        self.assertIn('for the model "old"', text)

    def test_import_names_the_right_address(self):
        _, webhook_id = self.start()
        for client in ("1.6", "1.15"):
            project = self.make_project(client_of(client))
            project.resource(OLD)
            text = self.refuse("import", "mlflow_webhook.this", f"old/{webhook_id}", project=project)
            self.assertIn(f"is not of the model old, but of the model new. Import it as new/{webhook_id}", text)
            self.assertEqual(project.state()["resources"], [])
        project.resource(NEW)
        output = project.run("import", "mlflow_webhook.this", f"new/{webhook_id}")
        self.assertEqual(output.code, 0, output.text)
        self.assert_plan_is_empty(project=project)

    def test_an_identity_of_another_model(self):
        _, webhook_id = self.start()
        project = self.make_project(client_of("1.15"))
        block = 'import {\n  to = mlflow_webhook.this\n  identity = {\n    id = "%s"\n    model_name = "old"\n  }\n}\n'
        project.resource(OLD, head=block % webhook_id)
        self.assertIn(f"Import it as new/{webhook_id}", self.refuse("plan", project=project))


if __name__ == "__main__":
    unittest.main()
