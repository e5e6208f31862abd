"""MLflow's own Python client beside Terraform: each sees what the other made, field by field."""

import unittest

from servers import ServerCase, client_sees

SEEN = """
def seen(webhook):
    return {"id": webhook.webhook_id, "name": webhook.name, "url": webhook.url, "status": webhook.status.value,
            "events": sorted(str(event) for event in webhook.events), "description": webhook.description,
            "created": webhook.creation_timestamp, "updated": webhook.last_updated_timestamp}
"""


def milliseconds(text):
    from datetime import datetime  # pylint: disable=import-outside-toplevel
    return round(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


class ClientsTest(ServerCase):
    def assert_same(self, seen, state):
        self.assertEqual(seen, {
            "id": state["id"], "name": state["name"], "url": state["url"], "status": state["status"],
            "events": sorted(state["events"]), "description": state["description"] or None,
            "created": milliseconds(state["created_at"]), "updated": milliseconds(state["updated_at"])})

    def test_the_client_sees_what_terraform_made(self):
        target = self.receiver()
        self.webhook(url=f'"{target.url}/a?b=c"', description='"näme"', status='"DISABLED"', secret='"signing"',
                     events='["model_version.created", "prompt_alias.deleted", "budget_policy.exceeded"]')
        self.apply()
        result = client_sees(self.server, SEEN + f"""
(only,) = client.list_webhooks()
got = client.get_webhook("{self.attributes()['id']}")
tested = client.test_webhook(got.webhook_id)
result = [seen(only), seen(got), tested.success]
""")
        self.assert_same(result[0], self.attributes())
        self.assert_same(result[1], self.attributes())
        self.assertTrue(result[2])
        self.assertIn("X-MLflow-Signature", target.got[0][0])

    def test_terraform_sees_what_the_client_made_and_changed(self):
        made = client_sees(self.server, SEEN + """
result = seen(client.create_webhook("by-client", "https://example.com/client",
    ["registered_model.created", "model_version_tag.set"], description="by the client", secret="theirs", status="DISABLED"))
""")
        self.webhook(name='"by-client"', url='"https://example.com/client"', description='"by the client"',
                     events='["registered_model.created", "model_version_tag.set"]', status='"DISABLED"')
        self.project.init()
        output = self.project.run("import", "mlflow_server_webhook.this", made["id"])
        self.assertEqual(output.code, 0, output.text)
        self.assert_same(made, self.attributes())
        self.assert_plan_is_empty()

        changed = client_sees(self.server, SEEN + f"""
result = seen(client.update_webhook("{made['id']}", name="renamed", status="ACTIVE", events=["prompt.created"]))
""")
        output = self.project.run("apply", "-auto-approve", "-refresh-only")
        self.assertEqual(output.code, 0, output.text)
        self.assert_same(changed, self.attributes())
        self.apply()
        self.assertEqual(self.server.only()["name"], "by-client")

        client_sees(self.server, f"client.delete_webhook('{made['id']}')\nresult = None")
        self.assertIn("will be created", self.plan().flat)


if __name__ == "__main__":
    unittest.main()
