"""Listings of a real MLflow server that have several pages: what is deleted between two of them hides one from the second."""

import unittest

from servers import HEAD, ReverseProxy, ServerCase

IDS = HEAD + """
data "mlflow_server_webhooks" "all" {}
output "out" {
  value = data.mlflow_server_webhooks.all.webhooks[*].id
}
"""


class PagesTest(ServerCase):
    COUNT = 1_005  # of which the first page has 1,000

    def setUp(self):
        for table in ("webhook_events", "webhooks"):  # the API would take a minute
            self.server.sql(f"DELETE FROM {table}")
        super().setUp()
        self.proxy = ReverseProxy(self.server)
        self.addCleanup(self.proxy.close)
        self.project.environment["MLFLOW_TRACKING_URI"] = self.proxy.url
        made = self.server.create()
        counting = f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {self.COUNT}) "
        self.server.sql(f"{counting} INSERT INTO webhooks SELECT 'copy-' || i, name, description, url, status, secret, "
                        f"creation_timestamp + i, last_updated_timestamp + i, NULL, workspace "
                        f"FROM webhooks, n WHERE webhook_id = '{made}'")
        self.server.sql(f"{counting} INSERT INTO webhook_events SELECT 'copy-' || i, entity, action "
                        f"FROM webhook_events, n WHERE webhook_id = '{made}'")
        self.project.write(IDS)

    def all_ids(self):
        return sorted(row[0] for row in self.server.sql("SELECT webhook_id FROM webhooks WHERE deleted_timestamp IS NULL"))

    def delete_newest(self, path):
        if "page_token" not in path:
            newest = "SELECT webhook_id FROM webhooks WHERE deleted_timestamp IS NULL ORDER BY creation_timestamp DESC"
            self.server.remove(self.server.sql(newest)[0][0])

    def test_every_page_counts(self):
        self.apply()
        self.assertEqual(self.project.state()["outputs"]["out"]["value"], self.all_ids())
        self.assertEqual(len(self.all_ids()), self.COUNT)

    def test_one_that_a_delete_hides_is_found_by_the_next_pass(self):
        def delete_once(path):
            self.proxy.on_answer = lambda path: None
            self.delete_newest(path)

        self.project.init()
        self.proxy.on_answer = delete_once
        self.apply()
        self.assertEqual(self.project.state()["outputs"]["out"]["value"], self.all_ids())
        self.assertEqual(len(self.all_ids()), self.COUNT - 1)

    def test_a_listing_that_never_holds_still_is_an_error(self):
        self.proxy.on_answer = self.delete_newest
        self.assertIn("another one each time that it was read", self.refuse("apply", "-auto-approve"))
        self.assertLess(len(self.proxy.asked), 20)
        self.assertEqual(self.project.state().get("outputs", {}), {})


if __name__ == "__main__":
    unittest.main()
