"""What keeps a webhook from being forgotten, and whom the provider bothers with what."""

import unittest

from harness import HEAD, HTTP, JOB, Case, Workspace


class NothingForgottenTest(Case):
    def setUp(self):
        super().setUp()
        self.project.resource(HTTP)
        self.apply()
        self.id = self.project.attributes()["id"]

    def test_wrong_host(self):
        other = Workspace()
        self.addCleanup(other.close)
        there = dict(DATABRICKS_HOST=other.url, DATABRICKS_TOKEN=other.token)
        for command in (("plan",), ("apply", "-auto-approve"), ("destroy", "-auto-approve"),
                        ("destroy", "-auto-approve", "-refresh=false")):
            with self.subTest(command=command):
                text = self.refuse(*command, **there)
                for word in (self.workspace.url, other.url, self.id, "terraform state rm"):
                    self.assertIn(word, text)
                self.assertEqual(self.project.attributes()["id"], self.id)
        self.assert_plan_is_empty()

    def test_workspace_that_moved(self):
        """An id that is found under another host is the same webhook: the new host is remembered."""
        moved = Workspace()
        self.addCleanup(moved.close)
        moved.drift(self.id, **{k: v for k, v in self.workspace.only().items() if k != "id"})
        there = dict(DATABRICKS_HOST=moved.url, DATABRICKS_TOKEN=moved.token)
        self.apply(**there)
        moved.remove(self.id)
        self.assertIn("1 to add", self.plan(**there).text)

    def test_refusals_and_cut_listings_are_errors(self):
        faults = [dict(action="status", status=403, error_code="PERMISSION_DENIED", message="no"),
                  dict(action="status", status=404, body="not here"), dict(action="status", status=500),
                  dict(action="status", status=404, error_code="RESOURCE_DOES_NOT_EXIST", message="of a registry-wide listing"),
                  dict(action="html"), dict(action="malformed_body"), dict(action="other_shape"), dict(action="empty_body")]
        for fault in faults:
            with self.subTest(fault=fault):
                self.workspace.fault(operation="list", times=100, **fault)
                self.assertIn("Cannot read the webhook", self.refuse("plan"))
                self.workspace.clear_faults()
        self.workspace.remove(self.id)
        self.workspace.fault("repeat_page_token", operation="list", times=100)
        self.assertIn("page", self.refuse("plan"))
        self.workspace.clear_faults()
        self.assertEqual(self.project.attributes()["id"], self.id)

    def test_every_page_is_read(self):
        self.workspace.settings(page_size=2)
        for number in range(5):
            self.workspace.drift(f"other{number}", events=["COMMENT_CREATED"], http_url_spec={"url": "https://x"})
        webhook = {k: v for k, v in self.workspace.webhooks()[0].items() if k != "id"}
        self.workspace.remove(self.id)
        self.workspace.drift(self.id, **webhook)  # now the last
        with self.expecting("list", "list", "list"):
            self.assert_plan_is_empty()

    def test_update_of_a_webhook_that_went_meanwhile(self):
        self.project.resource(HTTP + '\n  description = "new"')
        self.project.run("plan", "-out=saved")
        self.workspace.remove(self.id)
        self.assertIn("deleted since the plan", self.refuse("apply", "saved"))
        self.apply()
        self.workspace.only()


class ScopeTest(Case):
    def test_a_user_who_is_no_admin(self):
        self.workspace.settings(users={self.workspace.token: {"admin": False, "models": ["churn"]}})
        self.project.resource(HTTP)
        self.assertIn("workspace admin", self.refuse("apply", "-auto-approve"))
        self.project.resource(HTTP + '\n  model_name = "churn"')
        self.apply()
        self.assert_plan_is_empty()
        self.project.resource(HTTP + '\n  model_name = "churn"\n  description = "new"')
        self.apply()
        for request in self.workspace.requests("list"):
            self.assertEqual(request["query"]["model_name"], "churn")
        output = self.project.run("destroy", "-auto-approve")
        self.assertEqual((output.code, self.workspace.webhooks()), (0, []), output.text)

    def test_model_that_is_gone(self):
        self.workspace.settings(models=["churn"])
        self.project.resource(HTTP + '\n  model_name = "churn"')
        self.apply()
        self.workspace.remove(self.workspace.only()["id"])
        self.workspace.settings(models=[])
        self.assertIn("1 to add", self.plan().text)


class LentTokenTest(Case):
    def test_two_people_see_no_difference(self):
        self.project.resource(JOB)
        self.assertIn("own token is lent", self.apply().flat)
        self.assertNotIn(self.workspace.token, (self.project.folder / "terraform.tfstate").read_text())
        self.workspace.settings(users={self.workspace.token: {"admin": True}, "dapi-somebody-else": {"admin": True}})
        output = self.assert_plan_is_empty(DATABRICKS_TOKEN="dapi-somebody-else")
        self.assertNotIn("lent", output.flat)

    def test_a_replacement_tells_too(self):
        self.project.resource(HTTP)
        self.apply()
        self.project.resource(JOB.replace("MODEL_VERSION_CREATED", "SOMETHING_ELSE") + '\n  model_name = "a.b.c"')
        text = self.plan().flat
        for word in ("own token is lent", "Unknown event", "Model of Unity Catalog"):
            self.assertEqual(text.count(word), 1, text)

    def test_own_token_and_other_workspace(self):
        self.project.resource(JOB.replace("}", ', workspace_url = "https://other.example.com" }'))
        self.assertIn("job_spec.access_token", self.refuse("plan"))
        self.project.resource(JOB.replace("}", ', workspace_url = "https://other.example.com", access_token = "t" }'))
        self.assertNotIn("lent", self.apply().flat)
        self.assert_plan_is_empty()


UNKNOWN_HOST = """
provider "mlflow" {
  host  = terraform_data.workspace.output
  token = "%s"
}
resource "terraform_data" "workspace" {
  input = "%s"
}
"""


class ProviderConfigurationTest(Case):
    def test_nothing_set(self):
        two = HTTP + '\n}\nresource "mlflow_webhook" "other" {' + HTTP
        self.project.resource(two)
        nothing = dict(DATABRICKS_HOST="", DATABRICKS_TOKEN="")
        self.project.init()
        self.assertEqual(self.project.run("validate", **nothing).code, 0)
        text = self.refuse("plan", **nothing)
        self.assertEqual(text.count("Error:"), 1)
        for word in ("DATABRICKS_HOST", "DATABRICKS_TOKEN", "host", "token", 'provider "mlflow"'):
            self.assertIn(word, text)
        self.assertIn("DATABRICKS_TOKEN", self.refuse("plan", DATABRICKS_TOKEN=""))
        self.assertEqual(self.workspace.requests(), [])

    def test_nothing_set_and_webhooks_in_state(self):
        self.project.resource(HTTP + '\n}\nresource "mlflow_webhook" "other" {' + HTTP)
        self.apply()
        text = self.refuse("plan", DATABRICKS_TOKEN="")
        self.assertEqual(text.count("Error:"), 1)
        self.assertIn("DATABRICKS_TOKEN", text)

    def test_no_webhook_no_bother(self):
        self.project.write(HEAD + 'provider "mlflow" {}\nresource "terraform_data" "x" {}\n')
        self.apply(DATABRICKS_HOST="", DATABRICKS_TOKEN="")

    def test_empty_strings_count_as_unset(self):
        self.project.resource(HTTP, head='provider "mlflow" {\n  host  = ""\n  token = ""\n}\n')
        self.apply()

    def test_block_over_environment(self):
        self.project.resource(HTTP, head='provider "mlflow" {\n  host  = "%s"\n  token = "%s"\n}\n' %
                              (self.workspace.url + "/?o=1", self.workspace.token))
        self.apply(DATABRICKS_HOST="http://127.0.0.1:1", DATABRICKS_TOKEN="wrong")

    def test_host_of_the_same_apply(self):
        self.project.resource(HTTP, head=UNKNOWN_HOST % (self.workspace.token, self.workspace.url))
        self.apply()
        self.assert_plan_is_empty()
        # The host becomes unknown while webhooks are in state.
        self.project.resource(HTTP, head=UNKNOWN_HOST % (self.workspace.token, self.workspace.url + "/"))
        output = self.plan()
        self.assertEqual(output.text.count("Warning:"), 1, output.text)
        self.assertIn("Drift was not looked for", output.flat)
        self.apply()
        self.assert_plan_is_empty()

    def test_only_a_create_calls_nobody_at_plan(self):
        self.project.resource(HTTP)
        self.project.init()
        with self.expecting():
            self.project.run("validate")
            self.plan()

    def test_nobody_listens(self):
        self.project.resource(HTTP)
        text = self.refuse("apply", "-auto-approve", DATABRICKS_HOST="http://127.0.0.1:1")
        self.assertIn("No connection to 127.0.0.1:1", text)
        self.assertEqual(self.project.state()["resources"], [])

    def test_timeout(self):
        self.project.resource(HTTP, head='provider "mlflow" {\n  http_timeout_seconds  = 1\n  retry_timeout_seconds = 0\n}\n')
        self.workspace.fault("hang_before", operation="create", times=9)
        self.assertIn("within the time for one call", self.refuse("apply", "-auto-approve"))


if __name__ == "__main__":
    unittest.main()
