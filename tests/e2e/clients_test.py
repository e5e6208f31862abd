"""A life cycle on every Terraform from 1.6 to 1.15."""

import unittest

from harness import HEAD, Case, client_commands

BODY = """
  events      = ["MODEL_VERSION_CREATED", "COMMENT_CREATED"]
  description = "%s"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = "Bearer token123"
  }"""

NAMED = """
  events        = ["COMMENT_CREATED"]
  http_url_spec = { url = "https://example.com/webhook", authorization = %s }"""


class ClientsTest(Case):
    def test_all_lines_are_here(self):
        lines = {".".join(c.rsplit("-", 1)[1].split(".")[:2]) for c in client_commands()}
        self.assertLessEqual({"1.6", "1.8", "1.9", "1.10", "1.12", "1.13", "1.14", "1.15"}, lines)

    def test_life_cycle(self):
        for client in client_commands():
            with self.subTest(client.rsplit("-", 1)[1]):
                self.workspace.reset()
                project = self.make_project(client)
                project.resource(BODY % "first")
                self.apply(project=project)
                self.assert_plan_is_empty(project=project)
                project.resource(BODY % "second")
                self.assertIn("1 changed", self.apply(project=project).text)
                self.assertEqual(self.workspace.only()["description"], "second")
                self.assert_plan_is_empty(project=project)
                project.resource(BODY.replace("MODEL_VERSION_CREATED", "model_version_created") % "second")
                self.assertIn("Did you mean", self.refuse("validate", project=project))
                project.resource((BODY % "second") + '\n  model_name = "churn"')
                self.assertIn("1 added, 0 changed, 1 destroyed", self.apply(project=project).text)
                self.workspace.remove(self.workspace.only()["id"])
                self.assertIn("1 to add", self.plan(project=project).text)
                self.apply(project=project)
                project.write(HEAD)
                self.apply(project=project)
                self.assertEqual(self.workspace.webhooks(), [])

    def test_the_name_in_the_api_is_refused(self):
        """Terraform would drop `authorization` if the schema lacked it, and the webhook would have no header."""
        head = 'variable "given" {\n  default = null\n}\nresource "terraform_data" "later" {}\n'
        for client in client_commands():
            with self.subTest(client.rsplit("-", 1)[1]):
                self.workspace.reset()
                project = self.make_project(client)
                for value, command in (('"c4n4ry"', "validate"), ("var.given", "plan")):
                    project.resource(NAMED % value, head=head)
                    text = self.refuse(command, project=project, TF_VAR_given="c4n4ry")
                    self.assertIn("authorization is called authorization_header here", text)
                    self.assertNotIn("c4n4ry", text)
                # What is not known may turn out null: it is judged when it is known.
                project.resource(NAMED % "terraform_data.later.id", head=head)
                self.plan(project=project)
                text = self.refuse("apply", "-auto-approve", project=project)
                self.assertIn("authorization is called authorization_header here", text)
                self.assertEqual(self.workspace.webhooks(), [])
                project.resource(NAMED % "var.given", head=head)
                self.apply(project=project)
                self.assert_plan_is_empty(project=project)


if __name__ == "__main__":
    unittest.main()
