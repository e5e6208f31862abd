"""The vendor's own Python client, unchanged, against the local workspace: whether it behaves as the service does.

Run by CTest with the client's virtual environment."""

import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
from harness import Workspace  # noqa: E402

from databricks_registry_webhooks import HttpUrlSpec, JobSpec, RegistryWebhooksClient  # noqa: E402
from databricks_registry_webhooks.exceptions import RegistryWebhooksException  # noqa: E402


class VendorClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workspace = Workspace()
        cls.addClassCleanup(cls.workspace.close)
        os.environ.update(DATABRICKS_HOST=cls.workspace.url, DATABRICKS_TOKEN=cls.workspace.token)

    def setUp(self):
        self.workspace.reset()
        self.client = RegistryWebhooksClient()

    def create_http(self, **more):
        spec = HttpUrlSpec(url="https://example.com/hook", secret="s3cret", authorization="Bearer t")
        return self.client.create_webhook(events=["COMMENT_CREATED"], http_url_spec=spec, **more)

    def test_http_webhook(self):
        made = self.create_http(model_name="churn", description="first")
        self.assertEqual((made.model_name, made.description, made.status), ("churn", "first", "ACTIVE"))
        self.assertEqual(made.http_url_spec.url, "https://example.com/hook")
        self.assertTrue(made.http_url_spec.enable_ssl_verification)
        self.assertFalse(made.http_url_spec.secret or made.http_url_spec.authorization)
        self.assertEqual(made.creation_timestamp, made.last_updated_timestamp)
        self.assertIn("secret", self.workspace.only()["http_url_spec"])

        changed = self.client.update_webhook(id=made.id, description="second", status="DISABLED",
                                             events=["COMMENT_CREATED", "MODEL_VERSION_CREATED"])
        self.assertEqual((changed.description, changed.status), ("second", "DISABLED"))
        self.assertEqual(sorted(changed.events), ["COMMENT_CREATED", "MODEL_VERSION_CREATED"])
        self.assertGreater(changed.last_updated_timestamp, made.last_updated_timestamp)
        self.client.delete_webhook(id=made.id)
        self.assertEqual(self.workspace.webhooks(), [])

    def test_job_webhook(self):
        made = self.client.create_webhook(events=["COMMENT_CREATED"], job_spec=JobSpec(job_id="42", access_token="t"))
        self.assertEqual(made.job_spec.job_id, "42")
        self.assertFalse(made.job_spec.access_token)
        self.assertEqual(self.client.test_webhook(id=made.id).status_code, 200)
        changed = self.client.update_webhook(id=made.id, job_spec=JobSpec(job_id="43", access_token="t"))
        self.assertEqual(changed.job_spec.job_id, "43")
        self.client.delete_webhook(id=made.id)
        self.assertEqual(self.workspace.webhooks(), [])

    def test_list_with_filters_and_pages(self):
        self.workspace.settings(page_size=2)
        for number in range(5):
            self.create_http(model_name=f"m{number % 2}", description=str(number))
        # The client follows the pages.
        listed = self.client.list_webhooks(events=["COMMENT_CREATED"])
        self.assertEqual(sorted(w.description for w in listed), ["0", "1", "2", "3", "4"])
        self.assertEqual(len(self.workspace.requests("list")), 3)
        self.assertEqual(len(self.client.list_webhooks(max_results=2)), 2)
        self.assertEqual([w.description for w in self.client.list_webhooks(model_name="m1")], ["1", "3"])
        self.assertEqual(list(self.client.list_webhooks(events=["MODEL_VERSION_CREATED"])), [])

    def test_errors(self):
        def refused(call, code, *arguments, **more):
            with self.assertRaises(RegistryWebhooksException) as caught:
                call(*arguments, **more)
            self.assertEqual(caught.exception.error_code, code)

        refused(self.client.delete_webhook, "RESOURCE_DOES_NOT_EXIST", id="0" * 32)
        refused(self.client.update_webhook, "RESOURCE_DOES_NOT_EXIST", id="0" * 32, description="x")
        refused(self.client.create_webhook, "INVALID_PARAMETER_VALUE", events=["COMMENT_CREATED"],
                http_url_spec=HttpUrlSpec(url="http://example.com"))
        refused(self.client.create_webhook, "INVALID_PARAMETER_VALUE", events=["REGISTERED_MODEL_CREATED"],
                model_name="m", http_url_spec=HttpUrlSpec(url="https://example.com"))
        self.workspace.settings(users={self.workspace.token: {"admin": False, "models": ["churn"]}})
        refused(self.client.list_webhooks, "PERMISSION_DENIED")
        self.assertEqual(list(self.client.list_webhooks(model_name="churn")), [])


if __name__ == "__main__":
    unittest.main()
