"""What looks for webhooks of a real MLflow server: the data sources, and `terraform query` with what it generates."""

import json
import unittest

from servers import HEAD, ServerCase
from harness import client_of  # after servers, which says where it is

PATH = "T0-canary-path/B1?token=canary-query"
KIND = "mlflow_server_webhook"


def events(*names):
    return [dict(zip(("entity", "action"), name.upper().split("."))) for name in names]


class LookUpTest(ServerCase):
    def setUp(self):
        super().setUp()
        self.versions = self.server.create(name="versions", url=f"https://hooks.example/{PATH}", secret="canary-secret",
                                           events=events("model_version.created", "model_version_alias.created"))
        self.prompts = self.server.create(name="prompts", url="https://user:canary-password@ci.example:8443/p",
                                          description="of prompts", status="DISABLED", events=events("prompt.created"))

    # Data sources.

    def read(self, configuration):
        self.project.write(HEAD + configuration)
        self.apply()
        return self.project.state()["outputs"]["out"]["value"]

    def listed(self, filters=""):
        return self.read(f'data "mlflow_server_webhooks" "all" {{\n  {filters}\n}}\n'
                         'output "out" {\n  value = data.mlflow_server_webhooks.all.webhooks\n}\n')

    def looked_up(self, by, output="data.mlflow_server_webhook.one"):
        return self.read(f'data "mlflow_server_webhook" "one" {{\n  {by}\n}}\noutput "out" {{\n  value = {output}\n}}\n')

    def test_all_and_filters(self):
        everything = {self.versions, self.prompts}
        rows = (("", everything), ('name = "prompts"', {self.prompts}), ('name = "prompt"', set()),
                ('events = ["model_version_alias.created", "registered_model.created"]', {self.versions}),
                ('events = ["registered_model.created"]', set()),
                ('status = "ACTIVE"', {self.versions}), ('status = "DISABLED"', {self.prompts}),
                ('url_prefix = "https://hooks.example/"', {self.versions}), ('url_prefix = "https://"', everything),
                ('url_prefix = "HTTPS://"', set()),
                ('name = "versions"\n  status = "DISABLED"', set()))
        for filters, expected in rows:
            with self.subTest(filters):
                found = self.listed(filters)
                self.assertEqual({webhook["id"] for webhook in found}, expected)
                self.assertEqual(found, sorted(found, key=lambda webhook: webhook["id"]))

    def test_one_by_its_id_or_name(self):
        for by in (f'id = "{self.prompts}"', 'name = "prompts"'):
            with self.subTest(by):
                found = self.looked_up(by)
                self.assertEqual((found["id"], found["name"], found["description"], found["status"], found["events"]),
                                 (self.prompts, "prompts", "of prompts", "DISABLED", ["prompt.created"]))
                self.assertEqual(found["url"], "https://user:canary-password@ci.example:8443/p")
                self.assertEqual(found["created_at"], found["updated_at"])
                self.assertNotIn("secret", found)

    def test_what_is_not_there_or_not_one(self):
        other = self.server.create(name="prompts")
        rows = (('id = "0b5f8c1e-7d3a-4f0e-9a52-6c1d2e3f4a5b"', ("has no webhook with the id", self.address)),
                ('name = "prompt"', ("has no webhook with the name", self.address)),
                ('name = "prompts"', ("Several webhooks of this name", self.prompts, other)))
        for by, says in rows:
            with self.subTest(by):
                self.project.write(HEAD + f'data "mlflow_server_webhook" "one" {{\n  {by}\n}}\n')
                refused = self.refuse("plan")
                for text in says:
                    self.assertIn(text, refused)

    def test_bad_input_is_told_by_validate(self):
        one, every = "mlflow_server_webhook", "mlflow_server_webhooks"
        rows = ((one, "", "Set id, or name"), (one, 'id = "x"\n  name = "y"', "remove name"), (one, 'id = ""', "id"),
                (one, 'name = "-"', "name"), (one, 'id = "x"\n  workspace = "Team"', "workspace"),
                (every, "events = []", "events"), (every, 'status = "disabled"', '"DISABLED"'),
                (every, 'events = ["MODEL_VERSION_CREATED"]', "mlflow_webhook"),
                (every, 'events = ["COMMENT_CREATED"]', "mlflow_webhook"),
                (every, 'events = ["MODEL_VERSION.CREATED"]', "model_version.created"),
                (every, 'url_prefix = ""', "url_prefix"), (every, 'name = ""', "name"))
        self.project.write(HEAD)
        self.project.init()
        for kind, body, says in rows:
            with self.subTest(kind, body=body):
                self.project.write(HEAD + f'data "{kind}" "x" {{\n  {body}\n}}\n')
                self.assertIn(says, self.refuse("validate"))
        # The other way round.
        self.project.write(HEAD + 'data "mlflow_webhooks" "x" {\n  events = ["model_version.created", "prompt.created"]\n}\n')
        refused = self.refuse("validate")
        self.assertIn('"MODEL_VERSION_CREATED"', refused)
        self.assertIn("mlflow_server_webhook", refused)

    def test_what_cannot_be_read_is_never_taken_for_absent(self):
        entries = self.server.webhooks()
        for entry in entries:
            if entry["webhook_id"] == self.versions:
                del entry["name"]
        self.workspace.fault("status", operation="webhooks", method="GET", status=200, times=99,
                             body=json.dumps({"webhooks": entries}))
        self.addCleanup(self.workspace.clear_faults)
        # That one may have the name as well.
        self.project.write(HEAD + 'data "mlflow_server_webhook" "one" {\n  name = "prompts"\n}\n')
        refused = self.refuse("plan")
        self.assertIn("Cannot look up the webhook", refused)
        self.assertIn(self.versions, refused)
        self.assertEqual([webhook["id"] for webhook in self.listed()], [self.prompts])
        output = self.apply().flat
        self.assertIn("Webhooks that cannot be read", output)
        self.assertIn(f"{self.versions}: name is missing", output)

    def test_a_server_that_cannot_list_is_an_error(self):
        for kind, body in (("mlflow_server_webhooks", ""), ("mlflow_server_webhook", 'name = "prompts"'),
                           ("mlflow_server_webhook", f'id = "{self.prompts}"')):
            with self.subTest(kind, body=body):
                self.project.write(HEAD + f'data "{kind}" "x" {{\n  {body}\n}}\n')
                self.assertIn("prefix", self.refuse("plan", MLFLOW_TRACKING_URI=self.address + "/no/such/prefix"))

    # terraform query.

    def each_client(self):
        for line in ("1.14", "1.15"):
            with self.subTest(line):
                project = self.make_project(client_of(line))
                project.write(HEAD)
                project.init()
                yield project

    def test_query(self):
        for project in self.each_client():
            found = project.found(KIND)
            self.assertEqual({i: f["display_name"] for i, f in found.items()},
                             {self.versions: "versions (hooks.example)", self.prompts: "prompts (ci.example:8443)"})
            self.assertEqual(found[self.versions]["identity"],
                             {"tracking_uri": self.address, "workspace": None, "id": self.versions})
            self.assertNotIn("canary", json.dumps(found))
            self.assertEqual(len(project.found(KIND, "  limit = 1")), 1)
            for config, expected in (('name = "prompts"', {self.prompts}), ('status = "ACTIVE"', {self.versions}),
                                     ('events = ["prompt.created"]', {self.prompts}),
                                     ('url_prefix = "https://hooks.example/"', {self.versions})):
                self.assertEqual(set(project.found(KIND, f"  config {{\n    {config}\n  }}")), expected, config)
            whole = project.found(KIND, "  include_resource = true")
            self.assertEqual(whole[self.versions]["resource_object"]["url"], f"https://hooks.example/{PATH}")
            self.assertNotIn("canary-secret", json.dumps(whole))
            self.assertIn("mlflow_webhook", project.query(KIND, '  config {\n    events = ["COMMENT_CREATED"]\n  }').flat)

    def test_generated_configuration_imports_all_as_they_are(self):
        for number in range(8):
            self.server.create(name=f"w{number}", description=f"number {number}" if number % 2 else "",
                               status=("ACTIVE", "DISABLED")[number % 2],
                               events=events("model_version_tag.set", "prompt_alias.deleted"),
                               url=f"https://hooks.example/{number}?q={number}")
        before = self.server.webhooks()
        for project in self.each_client():
            output = project.query(KIND, "", "-generate-config-out=generated.tf")
            self.assertEqual(output.code, 0, output.text)
            self.assertNotIn("canary-secret", (project.folder / "generated.tf").read_text())
            self.assertIn("10 to import, 0 to add, 0 to change, 0 to destroy", self.plan(project=project).text)
            self.assertIn("10 imported, 0 added, 0 changed", self.apply(project=project).text)
            self.assert_plan_is_empty(project=project)
            self.assertEqual(self.server.webhooks(), before)


if __name__ == "__main__":
    unittest.main()
