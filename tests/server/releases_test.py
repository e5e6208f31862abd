"""What differs between the releases of MLflow. It runs on the newest with the other tests, and on older ones by
scripts/test_old_servers.sh: each test says what holds on which."""

import unittest

from servers import ServerCase, fernet_key, release

CLEARS = release() >= (3, 16, 0)  # a description, and a PATCH without a status leaves it alone
KNOWS = {(3, 3, 0): "model_version_alias.created", (3, 5, 0): "prompt.created", (3, 11, 0): "budget_policy.exceeded"}


class ReleasesTest(ServerCase):
    def test_the_server_is_what_it_is_said_to_be(self):
        made = self.server.create(status="DISABLED")
        self.assertEqual(self.server.drift(made, name="renamed")["status"], "DISABLED" if CLEARS else "ACTIVE")

    def test_life_cycle(self):
        self.webhook(description='"first"', secret='"first"')
        self.apply()
        self.assert_plan_is_empty()
        self.webhook(name='"renamed"', description='"second"', secret='"second"',
                     events='["registered_model.created", "model_version_tag.deleted"]')
        self.apply()
        self.assert_plan_is_empty()
        self.assertEqual((self.server.only()["name"], self.server.only()["description"]), ("renamed", "second"))
        self.server.remove(self.attributes()["id"])
        self.apply()
        self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
        self.assertEqual(self.server.webhooks(), [])

    def test_an_update_does_not_switch_a_disabled_webhook_on(self):
        base = {"status": '"DISABLED"', "description": '"first"', "secret": '"first"'}
        self.webhook(**base)
        self.apply()
        for name, value in (("name", '"renamed"'), ("url", '"https://example.com/2"'), ("description", '"second"'),
                            ("secret", '"second"'), ("events", '["registered_model.created"]')):
            with self.subTest(name):
                base[name] = value
                self.webhook(**base)
                self.apply()
                self.assertEqual(self.server.only()["status"], "DISABLED")
                self.assert_plan_is_empty()

    def test_a_description_that_cannot_be_cleared(self):
        self.webhook(description='"first"')
        self.apply()
        self.webhook()
        if CLEARS:
            self.apply()
            self.assert_plan_is_empty()
            return
        refused = self.refuse("apply", "-auto-approve")
        self.assertIn("3.16", refused)
        self.assertIn("-replace", refused)
        self.assertEqual(self.attributes()["description"], "first")
        self.plan()
        self.apply("-replace=mlflow_server_webhook.this")
        self.assertNotIn("description", self.server.only())
        self.assert_plan_is_empty()

    def test_what_else_changes_beside_a_description_that_cannot_be_cleared(self):
        self.webhook(description='"first"')
        self.apply()
        self.webhook(name='"renamed"')
        self.project.run("apply", "-auto-approve")
        self.assertEqual(self.attributes()["name"], "renamed")
        self.assertEqual(self.server.only()["name"], "renamed")

    def test_a_removed_secret_replaces(self):
        target = self.receiver()
        self.webhook(url=f'"{target.url}"', secret='"first"')
        self.apply()
        made = self.attributes()["id"]
        self.webhook(url=f'"{target.url}"')
        self.apply()
        self.assertNotEqual(self.attributes()["id"], made)
        self.server.api("POST", f"2.0/mlflow/webhooks/{self.attributes()['id']}/test", {})
        self.assertNotIn("x-mlflow-signature", {name.lower() for name in target.got[-1][0]})

    def test_events_of_each_release(self):
        for since, event in KNOWS.items():
            with self.subTest(event):
                self.webhook(events=f'["{event}"]')
                if release() >= since:
                    self.apply()
                    self.assertEqual(self.attributes()["events"], [event])
                    self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
                else:
                    refused = self.refuse("apply", "-auto-approve")
                    self.assertIn(event, refused)
                    self.assertIn(".".join(map(str, since[:2])), refused)
                    self.assertEqual(self.server.webhooks(), [])

    def test_a_workspace_of_a_server_without_them(self):
        self.webhook(workspace='"team-a"')
        self.assertIn("workspace", self.refuse("apply", "-auto-approve"))
        self.assertEqual(self.server.webhooks(), [])

    def test_a_changed_key(self):
        name = "MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY"
        self.webhook(secret='"first"')
        self.apply()
        self.server.stop()
        self.server.start(**{name: fernet_key("second")})
        self.assertIn(name, self.refuse("apply", "-auto-approve"))
        self.assertIn(name, self.refuse("destroy", "-auto-approve", "-refresh=false"))
        self.server.stop()
        self.server.start(**{name: fernet_key("first")})
        self.assert_plan_is_empty()


if __name__ == "__main__":
    unittest.main()
