"""The life of a webhook of a real MLflow server: made, read, changed, drifted, imported, gone and destroyed."""

import json
import re
import unittest

from servers import HEAD, ServerCase

FULL = {"description": '"Tells the team"', "status": '"DISABLED"', "secret": '"canary-secret"',
        "events": '["registered_model.created", "model_version_tag.set", "model_version_alias.deleted"]'}


class LifeTest(ServerCase):
    def test_create_update_and_destroy(self):
        self.webhook()
        self.apply()
        made = self.server.only()
        self.assertEqual((made["name"], made["url"], made["status"], made["events"], made.get("description", "")),
                         ("hook", "https://example.com/hook", "ACTIVE",
                          [{"entity": "MODEL_VERSION", "action": "CREATED"}], ""))
        state = self.attributes()
        self.assertEqual((state["id"], state["name"], state["url"], state["events"], state["description"],
                          state["status"], state["secret"], state["workspace"]),
                         (made["webhook_id"], "hook", "https://example.com/hook", ["model_version.created"], "", "ACTIVE",
                          None, None))
        self.assertRegex(state["created_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual(state["created_at"], state["updated_at"])
        self.assert_plan_is_empty()

        self.webhook(name='"renamed"', url='"https://example.com/other?a=b"', **FULL)
        self.apply()
        changed = self.server.only()
        self.assertEqual(changed["webhook_id"], made["webhook_id"])
        self.assertEqual((changed["name"], changed["url"], changed["status"], changed["description"]),
                         ("renamed", "https://example.com/other?a=b", "DISABLED", "Tells the team"))
        self.assertEqual(sorted(f"{e['entity']}.{e['action']}".lower() for e in changed["events"]),
                         ["model_version_alias.deleted", "model_version_tag.set", "registered_model.created"])
        self.assertEqual(self.attributes()["created_at"], state["created_at"])
        self.assertGreater(self.attributes()["updated_at"], state["updated_at"])
        self.assert_plan_is_empty()

        self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
        self.assertEqual(self.server.webhooks(), [])
        self.assertEqual(self.project.state()["resources"], [])

    def test_what_each_command_calls(self):
        self.webhook()
        self.project.init()
        self.assertEqual(self.project.run("validate").code, 0)
        self.plan()
        self.assertEqual(self.calls(), [])
        self.apply()
        self.assertEqual(self.calls(), ["POST webhooks"])
        self.workspace.forget()
        self.assert_plan_is_empty()
        self.assertEqual(self.calls(), ["GET ID"])

    def test_one_changed_attribute_goes_with_the_status_and_nothing_else(self):
        self.webhook(**FULL)
        self.apply()
        for name, value, member in (("name", '"second"', "name"), ("url", '"https://example.com/2"', "url"),
                                    ("description", '"Another"', "description"), ("secret", '"other"', "secret"),
                                    ("events", '["prompt.created"]', "events"), ("status", '"ACTIVE"', "status")):
            with self.subTest(name):
                self.webhook(**{**FULL, name: value})
                self.workspace.forget()
                self.apply()
                (patch,) = [r for r in self.workspace.requests() if r["method"] == "PATCH"]
                # The row before this one is taken back by the same call.
                self.assertIn(member, patch["body"])
                self.assertEqual(patch["body"]["status"], "ACTIVE" if name == "status" else "DISABLED")
                self.assertEqual(self.server.only()["status"], patch["body"]["status"])
                self.assert_plan_is_empty()
                self.webhook(**FULL)
                self.apply()

    def test_description_is_cleared_and_the_order_of_events_does_not_matter(self):
        self.webhook(**FULL)
        self.apply()
        self.webhook(**{**FULL, "description": None})
        self.apply()
        self.assertNotIn("description", self.server.only())
        self.assert_plan_is_empty()
        self.webhook(**{**FULL, "description": '""',
                        "events": '["model_version_alias.deleted", "registered_model.created", "model_version_tag.set"]'})
        self.assert_plan_is_empty()

    def test_drift_of_each_member_is_shown_and_mended(self):
        self.webhook(**FULL)
        self.apply()
        made = self.server.only()
        for member, value in (("name", "by-hand"), ("url", "https://example.com/by-hand"), ("description", "by hand"),
                              ("status", "ACTIVE"), ("events", [{"entity": "PROMPT", "action": "CREATED"}])):
            with self.subTest(member):
                self.server.drift(made["webhook_id"], **{"status": "DISABLED", member: value})
                self.assertIn("will be updated in-place", self.plan().flat)
                self.apply()
                mended = self.server.only()
                self.assertEqual({n: v for n, v in mended.items() if n != "last_updated_timestamp"},
                                 {n: v for n, v in made.items() if n != "last_updated_timestamp"})
                self.assert_plan_is_empty()

    def test_a_webhook_that_is_gone_is_made_anew(self):
        self.webhook()
        self.apply()
        self.server.remove(self.attributes()["id"])
        self.assertIn("will be created", self.plan().flat)
        self.apply()
        self.assertEqual(self.server.only()["webhook_id"], self.attributes()["id"])
        self.server.remove(self.attributes()["id"])
        self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
        self.assertEqual(self.project.run("destroy", "-auto-approve", "-refresh=false").code, 0)

    def test_a_destroy_of_what_is_gone_is_no_error(self):
        self.webhook()
        self.apply()
        self.server.remove(self.attributes()["id"])
        output = self.project.run("destroy", "-auto-approve", "-refresh=false")
        self.assertEqual(output.code, 0, output.text)

    def test_names_may_repeat(self):
        self.server.create(name="hook")
        self.webhook()
        self.apply()
        self.assertEqual([w["name"] for w in self.server.webhooks()], ["hook", "hook"])
        self.assert_plan_is_empty()

    def test_replaced_before_it_is_destroyed(self):
        self.webhook(more="  lifecycle { create_before_destroy = true }")
        self.apply()
        before = self.attributes()["id"]
        self.apply("-replace=mlflow_server_webhook.this")
        self.assertNotEqual(self.attributes()["id"], before)
        self.assertEqual(self.server.only()["webhook_id"], self.attributes()["id"])

    def test_many_at_once(self):
        self.project.write(HEAD + """
            resource "mlflow_server_webhook" "this" {
              count  = 30
              name   = "hook-${count.index}"
              url    = "https://example.com/${count.index}"
              events = ["model_version.created"]
            }""")
        self.apply("-parallelism=30")
        self.assertEqual(len({w["name"] for w in self.server.webhooks()}), 30)
        self.workspace.forget()
        self.assert_plan_is_empty()
        self.assertEqual(self.calls(), ["GET ID"] * 30)
        self.assertEqual(self.project.run("destroy", "-auto-approve", "-parallelism=30").code, 0)
        self.assertEqual(self.server.webhooks(), [])

    def test_ignored_status_stays_as_somebody_set_it(self):
        self.webhook(more="  lifecycle { ignore_changes = [status] }")
        self.apply()
        self.server.drift(self.attributes()["id"], status="DISABLED")
        self.webhook(more="  lifecycle { ignore_changes = [status] }", description='"changed"')
        self.apply()
        self.assertEqual(self.server.only()["status"], "DISABLED")

    def test_what_only_the_server_decides_cannot_be_ignored(self):
        """Terraform warns that it has no effect, so it must have none."""
        ignored = "  lifecycle { ignore_changes = [id, created_at, updated_at] }"
        self.webhook(more=ignored)
        self.apply()
        made = self.attributes()
        self.webhook(more=ignored, description='"changed"')
        self.apply()
        changed = self.attributes()
        self.assertEqual((changed["id"], changed["created_at"]), (made["id"], made["created_at"]))
        self.assertNotEqual(changed["updated_at"], made["updated_at"])
        self.assert_plan_is_empty()

    def test_import_by_id(self):
        made = self.server.create(description="found", secret="theirs")
        self.webhook(name='"other"', description='"found"')
        self.project.init()
        output = self.project.run("import", "mlflow_server_webhook.this", made)
        self.assertEqual(output.code, 0, output.text)
        self.assertEqual((self.attributes()["id"], self.attributes()["description"]), (made, "found"))
        self.assert_plan_is_empty()

    def test_import_by_block(self):
        made = self.server.create()
        self.webhook(name='"other"', head=f"import {{\n  to = mlflow_server_webhook.this\n  id = \"{made}\"\n}}\n")
        self.apply()
        self.assertEqual(self.attributes()["id"], made)
        self.assert_plan_is_empty()

    def test_import_of_what_does_not_exist(self):
        self.webhook()
        self.project.init()
        for wrong in ("ec06cfca-58d4-4e3b-a3f3-7f3ccdf74b84", "none", "a/b/c", "/x", "x/", ""):
            with self.subTest(wrong):
                output = self.project.run("import", "mlflow_server_webhook.this", wrong)
                self.assertEqual(output.code, 1, output.text)
                self.assertEqual(self.project.state()["resources"], [])

    def test_generated_configuration(self):
        made = self.server.create(description='with "quotes" and ${braces}', status="DISABLED", secret="theirs",
                                  events=[{"entity": "PROMPT", "action": "CREATED"},
                                          {"entity": "MODEL_VERSION_TAG", "action": "SET"}])
        plain = self.server.create(name="plain")
        self.project.write(HEAD + f"""
            import {{
              to = mlflow_server_webhook.full
              id = "{made}"
            }}
            import {{
              to = mlflow_server_webhook.plain
              id = "{plain}"
            }}""")
        self.project.init()
        output = self.project.run("plan", "-generate-config-out=generated.tf")
        self.assertEqual(output.code, 0, output.text)
        self.assertIn("2 to import, 0 to add, 0 to change, 0 to destroy", output.flat)
        self.apply()
        self.assert_plan_is_empty()
        self.assertEqual(len(self.server.webhooks()), 2)

    def test_a_saved_plan_says_nothing_of_a_secret(self):
        self.webhook(**FULL)
        self.project.init()
        output = self.project.run("plan", "-out=plan.bin", TF_LOG="trace")
        self.assertEqual(output.code, 0, output.text)
        self.assertNotIn("canary-secret", re.sub(r"(?m)^.*terraform\.tf.*$", "", self.project.run("show", "plan.bin").text))
        shown = json.loads(self.project.run("show", "-json", "plan.bin").text)
        self.assertTrue(shown["resource_changes"][0]["change"]["after_sensitive"]["secret"])


if __name__ == "__main__":
    unittest.main()
