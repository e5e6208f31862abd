"""`terraform query`, on clients that have it, and its absence on one that has not."""

import json
import unittest

from harness import HEAD, Case, client_of

KIND = "mlflow_webhook"


class QueryTest(Case):
    def setUp(self):
        super().setUp()
        self.http = self.workspace.create(model_name="churn", description="Tell the team",
                                          http_url_spec={"url": "https://hooks.example/T0/canary-path", "secret": "canary-s"})
        self.job = self.workspace.create(job_spec={"job_id": "42", "access_token": "canary-t"})
        self.workspace.settings(page_size=1)

    def each_client(self):
        for line in ("1.14", "1.15"):
            with self.subTest(line):
                project = self.make_project(client_of(line))
                project.write(HEAD)
                project.init()
                yield project

    def test_filters_limit_and_names(self):
        for project in self.each_client():
            found = project.found(KIND)
            self.assertEqual(set(found), {self.http, self.job})
            self.assertEqual(found[self.http]["display_name"], "Tell the team (churn, hooks.example)")
            self.assertEqual(found[self.job]["display_name"], "MODEL_VERSION_CREATED (registry-wide, job 42)")
            self.assertEqual(found[self.http]["identity"],
                             {"host": self.workspace.url, "id": self.http, "model_name": "churn"})
            self.assertNotIn("resource_object", found[self.http])
            self.assertEqual(len(project.found(KIND, "limit = 1")), 1)
            for config, expected in (('model_name = "churn"', {self.http}), ('target = "job"', {self.job}),
                                     ('events = ["COMMENT_CREATED"]', set()), ('status = "ACTIVE"', {self.http, self.job}),
                                     ('url_prefix = "https://hooks.example/"', {self.http})):
                self.assertEqual(set(project.found(KIND, f"  config {{\n    {config}\n  }}")), expected, config)

    def test_resource_objects(self):
        for project in self.each_client():
            found = project.found(KIND, "include_resource = true")
            self.assertEqual(found[self.http]["resource_object"]["http_url_spec"]["url"],
                             "https://hooks.example/T0/canary-path")
            self.assertEqual(found[self.job]["resource_object"]["job_spec"]["job_id"], "42")
            self.assertNotIn("canary-s", json.dumps(found))
            self.assertNotIn("canary-t", json.dumps(found))

    def test_what_goes_wrong_is_explained(self):
        for project in self.each_client():
            self.assertIn("Did you mean", project.query(KIND, '  config {\n    events = ["comment_created"]\n  }').flat)
            self.workspace.settings(users={self.workspace.token: {"admin": False, "models": ["churn"]}})
            output = project.query(KIND)
            self.assertEqual(output.code, 1)
            self.assertIn("Set model_name to look at the webhooks of one model", output.flat)
            self.assertEqual(set(project.found(KIND, '  config {\n    model_name = "churn"\n  }')), {self.http})
            self.workspace.settings(users={})

    def test_what_cannot_be_read_is_named(self):
        self.workspace.settings(odd_members={self.job: {"job_spec": {}}})
        for project in self.each_client():
            output = project.query(KIND)
            self.assertEqual(output.code, 0, output.text)
            self.assertIn("Webhooks that cannot be read", output.flat)
            self.assertIn(f"{self.job}: job_spec.job_id is missing", output.flat)
            self.assertEqual(set(project.found(KIND)), {self.http})

    def test_generates_configuration(self):
        for project in self.each_client():
            output = project.query(KIND, "", "-generate-config-out=generated.tf")
            self.assertEqual(output.code, 0, output.text)
            text = (project.folder / "generated.tf").read_text()
            self.assertEqual(text.count('resource "mlflow_webhook"'), 2)
            self.assertEqual(text.count("identity = {"), 2)
            self.assertIn('"https://hooks.example/T0/canary-path"', text)  # in clear, as the service gives it
            self.assertRegex(text, r"\burl_wo += null")
            self.assertNotIn("canary-s", text)
            self.assertNotIn("canary-t", text)

    def test_ten_webhooks_are_imported_as_they_are(self):
        for number in range(8):
            status = ("ACTIVE", "DISABLED", "TEST_MODE")[number % 3]
            self.workspace.create(model_name=f"m{number}" if number % 2 else "", description=f"number {number}",
                                  status=status, events=["MODEL_VERSION_CREATED", "COMMENT_CREATED"],
                                  http_url_spec={"url": f"https://hooks.example/{number}",
                                                 "enable_ssl_verification": number != 4})
        before = self.workspace.webhooks()
        for project in self.each_client():
            output = project.query(KIND, "", "-generate-config-out=generated.tf")
            self.assertEqual(output.code, 0, output.text)
            self.assertIn("10 to import, 0 to add, 0 to change, 0 to destroy", self.plan(project=project).text)
            self.assertIn("10 imported, 0 added, 0 changed", self.apply(project=project).text)
            self.assert_plan_is_empty(project=project)
            self.assertEqual(self.workspace.webhooks(), before)

    def test_absent_on_older_clients(self):
        project = self.make_project(client_of("1.11"))
        project.write(HEAD)
        project.init()
        output = project.query(KIND)
        self.assertNotEqual(output.code, 0)
        self.assertIn("query", output.flat)
        self.assertNotIn("crash", output.flat.lower())


if __name__ == "__main__":
    unittest.main()
