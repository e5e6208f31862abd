"""Which server is asked, and what is told where it is the wrong one, none, or not an MLflow server at all; beside the other
service in one provider block."""

import ssl
import unittest
import urllib.error

from servers import ReverseProxy, ServerCase, Workspace, make_authority

BOTH = """
resource "mlflow_webhook" "registry" {
  events        = ["MODEL_VERSION_CREATED"]
  http_url_spec = { url = "https://example.com/webhook" }
}
"""


class AddressesTest(ServerCase):
    def setUp(self):
        super().setUp()
        del self.project.environment["MLFLOW_TRACKING_URI"]

    def types(self):
        return sorted(r["type"] for r in self.project.state()["resources"])

    def provider(self, **attributes):
        lines = "".join(f"  {name} = {value}\n" for name, value in attributes.items())
        return f'provider "mlflow" {{\n{lines}}}\n'

    def test_where_the_address_comes_from(self):
        address = self.address
        wrong = "https://wrong.invalid"
        rows = (
            ({"tracking_uri": f'"{address}"'}, {"MLFLOW_REGISTRY_URI": wrong, "MLFLOW_TRACKING_URI": wrong}),
            ({"tracking_uri": f'"{address}/"'}, {}),
            ({"tracking_uri": '""'}, {"MLFLOW_TRACKING_URI": address}),
            ({}, {"MLFLOW_REGISTRY_URI": address, "MLFLOW_TRACKING_URI": wrong}),
            ({}, {"MLFLOW_REGISTRY_URI": "databricks-uc", "MLFLOW_TRACKING_URI": address}),
            ({}, {"MLFLOW_REGISTRY_URI": "", "MLFLOW_TRACKING_URI": address + "/"}),
        )
        for attributes, variables in rows:
            with self.subTest(attributes, variables=variables):
                self.webhook(head=self.provider(**attributes))
                self.apply(**variables)
                self.assertEqual(len(self.server.webhooks()), 1)
                self.assertEqual(self.project.run("destroy", "-auto-approve", **variables).code, 0)

    def test_addresses_that_are_none_of_a_server(self):
        rows = (("databricks", "mlflow_webhook"), ("databricks://profile", "mlflow_webhook"), ("sqlite:///m.db", "http://"),
                ("file:///tmp/x", "http://"), ("./mlruns", "http://"), ("ftp://h", "http://"), ("http://", "host"),
                ("https://user:canary@example.com", "tracking_username"), ("https://example.com?a=canary", "query"),
                ("https://example.com#canary", "fragment"))
        self.webhook()
        for value, says in rows:
            for variable in ("MLFLOW_TRACKING_URI", None):
                with self.subTest(value, variable=variable):
                    given = 'variable "uri" {}\n' + self.provider(tracking_uri="var.uri")
                    self.webhook(head="" if variable else given)
                    refused = self.refuse("plan", **{variable or "TF_VAR_uri": value})
                    self.assertIn(says, refused)
                    self.assertIn(variable or "tracking_uri", refused)
                    self.assertNotIn("canary", refused)
            if "canary" in value:  # Terraform prints the line that a diagnostic is about
                self.webhook(head=self.provider(tracking_uri=f'"{value}"'))
                self.assertNotIn("canary", self.refuse("plan"))
        self.webhook()
        self.assertIn("tracking_uri", self.refuse("plan"))

    def test_nobody_is_there(self):
        self.webhook()
        refused = self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_URI="http://127.0.0.1:9")
        self.assertIn("127.0.0.1:9", refused)
        self.assertIn("MLFLOW_TRACKING_URI", refused)
        refused = self.refuse("apply", "-auto-approve", MLFLOW_REGISTRY_URI="http://127.0.0.1:9")
        self.assertIn("MLFLOW_REGISTRY_URI", refused)
        self.assertNotIn("MLFLOW_TRACKING_URI", refused)

    def test_no_webhooks_at_this_address(self):
        """A wrong prefix: HTML, and never "gone"."""
        self.webhook()
        self.apply(MLFLOW_TRACKING_URI=self.address)
        made = self.attributes()
        for command in (("plan",), ("apply", "-auto-approve"), ("destroy", "-auto-approve")):
            with self.subTest(command):
                refused = self.refuse(*command, MLFLOW_TRACKING_URI=self.address + "/no/such/prefix")
                self.assertIn("prefix", refused)
                self.assertEqual(self.attributes(), made)
        self.assertEqual(self.server.only()["webhook_id"], made["id"])

    def test_another_service_at_this_address(self):
        registry = Workspace()
        self.addCleanup(registry.close)
        self.webhook()
        self.apply(MLFLOW_TRACKING_URI=self.address)
        made = self.attributes()
        for command in (("plan",), ("apply", "-auto-approve"), ("destroy", "-auto-approve")):
            with self.subTest(command):
                self.refuse(*command, MLFLOW_TRACKING_URI=registry.url)
                self.assertEqual(self.attributes(), made)

    def test_over_tls(self):
        """A reverse proxy with a certificate of its own; here before the wrong service, for what is asked is who signed it."""
        authority, certificate, key = make_authority(self.project.root)
        registry = Workspace("--tls", str(certificate), str(key), authority=str(authority))
        self.addCleanup(registry.close)
        address = registry.url.replace("127.0.0.1", "localhost")
        self.webhook()
        rows = (({}, {}, False), ({"skip_verify": "true"}, {}, False), ({"tracking_insecure_tls": "true"}, {}, True),
                ({}, {"MLFLOW_TRACKING_INSECURE_TLS": "true"}, True), ({}, {"MLFLOW_TRACKING_INSECURE_TLS": "1"}, True),
                ({}, {"MLFLOW_TRACKING_INSECURE_TLS": "false"}, False),
                ({"tracking_server_cert_path": f'"{authority}"'}, {}, True),
                ({}, {"MLFLOW_TRACKING_SERVER_CERT_PATH": str(authority)}, True),
                ({"ca_cert_file": f'"{authority}"'}, {}, True))
        for attributes, variables, trusted in rows:
            with self.subTest(attributes, variables=variables):
                registry.forget()
                self.webhook(head=self.provider(tracking_uri=f'"{address}"', **attributes))
                refused = self.refuse("apply", "-auto-approve", **variables)
                self.assertEqual(bool(registry.requests()), trusted, refused)
                if not trusted:
                    for name in ("certificate", "tracking_server_cert_path", "ca_cert_file", "tracking_insecure_tls"):
                        self.assertIn(name, refused)
        for attributes, variables in (({"tracking_server_cert_path": '"/nowhere/ca.pem"'}, {}),
                                      ({"tracking_server_cert_path": f'"{self.project.root}"'}, {}),
                                      ({}, {"MLFLOW_TRACKING_INSECURE_TLS": "perhaps"}),
                                      ({"tracking_insecure_tls": "true"},
                                       {"MLFLOW_TRACKING_SERVER_CERT_PATH": str(authority)})):
            with self.subTest(attributes, variables=variables):
                self.webhook(head=self.provider(tracking_uri=f'"{address}"', **attributes))
                self.refuse("plan", **variables)

    def test_a_client_certificate(self):
        """Demanded by a reverse proxy; the pair of the proxy's own serves as the client's, too."""
        authority, certificate, key = make_authority(self.project.root)
        pair = self.project.root / "pair.pem"
        pair.write_text(certificate.read_text() + key.read_text())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        context.load_verify_locations(authority)
        context.verify_mode = ssl.CERT_REQUIRED
        proxy = ReverseProxy(self.server, context)
        self.addCleanup(proxy.close)
        at = {"tracking_uri": f'"{proxy.url}"', "tracking_server_cert_path": f'"{authority}"'}
        rows = ((at, {}, "tracking_client_cert_path"),
                ({**at, "tracking_client_cert_path": f'"{certificate}"'}, {}, "private key"),
                ({**at, "tracking_client_cert_path": f'"{pair}"'}, {}, None),
                (at, {"MLFLOW_TRACKING_CLIENT_CERT_PATH": str(pair)}, None))
        for attributes, variables, says in rows:
            with self.subTest(attributes, variables=variables):
                self.webhook(head=self.provider(**attributes))
                if says:
                    self.assertIn(says, self.refuse("apply", "-auto-approve", **variables))
                    self.assertEqual(self.server.webhooks(), [])
                else:
                    self.apply(**variables)
                    self.assert_plan_is_empty(**variables)
                    self.assertEqual(self.project.run("destroy", "-auto-approve", **variables).code, 0)

    def both(self):
        registry = Workspace()
        self.addCleanup(registry.close)
        self.webhook(head=BOTH)
        return {"DATABRICKS_HOST": registry.url, "DATABRICKS_TOKEN": registry.token}

    def test_both_services_in_one_block(self):
        registry = self.both()
        self.apply(MLFLOW_TRACKING_URI=self.address, **registry)
        self.assertEqual(self.types(), ["mlflow_server_webhook", "mlflow_webhook"])
        self.assert_plan_is_empty(MLFLOW_TRACKING_URI=self.address, **registry)

    def test_a_missing_or_wrong_server_does_not_disturb_the_registry(self):
        registry = self.both()
        self.webhook(head=BOTH)
        for uri in (None, "databricks", "databricks://x", "sqlite:///x", "https://u:p@h", "http://"):
            for use in ("-target=mlflow_webhook.registry",):
                with self.subTest(uri):
                    variables = {**registry, **({"MLFLOW_TRACKING_URI": uri} if uri else {})}
                    self.apply(use, **variables)
                    self.assertEqual(self.types(), ["mlflow_webhook"])
                    # Used, it is an error, and of that half alone.
                    self.refuse("apply", "-auto-approve", **variables)
                    self.assertEqual(self.types(), ["mlflow_webhook"])

    def test_a_missing_or_wrong_registry_does_not_disturb_the_server(self):
        self.both()
        for variables in ({}, {"DATABRICKS_HOST": "https://"}, {"DATABRICKS_HOST": "https://wrong.invalid"},
                          {"DATABRICKS_TOKEN": "t"}):
            with self.subTest(variables):
                variables = {"MLFLOW_TRACKING_URI": self.address, **variables}
                self.apply("-target=mlflow_server_webhook.this", **variables)
                self.assertEqual(self.types(), ["mlflow_server_webhook"])
                self.assertEqual(self.project.run("plan", "-target=mlflow_server_webhook.this", **variables).code, 0)

    def test_a_host_that_is_none_stands_in_the_block_and_does_not_disturb_the_server(self):
        for host in ("ftp://x", "not a host", "https://"):
            with self.subTest(host):
                self.webhook(head=self.provider(host=f'"{host}"', tracking_uri=f'"{self.address}"'))
                self.assertIn("Unusable host", self.apply().text)
                self.assertEqual(self.types(), ["mlflow_server_webhook"])
                self.webhook(head=self.provider(host=f'"{host}"', tracking_uri=f'"{self.address}"') + BOTH)
                self.assertIn("Workspace is not configured", self.refuse("plan"))

    def test_a_half_that_is_not_known_at_plan(self):
        later = 'resource "terraform_data" "later" {\n  input = "INPUT"\n}\n'
        registry = self.both()
        for half, value, variables in (("tracking_uri", self.address, registry),
                                       ("host", registry["DATABRICKS_HOST"],
                                        {"MLFLOW_TRACKING_URI": self.address, "DATABRICKS_TOKEN": registry["DATABRICKS_TOKEN"]})):
            with self.subTest(half):
                head = later.replace("INPUT", value) + self.provider(**{half: "terraform_data.later.output"}) + BOTH
                self.webhook(head=head)
                self.apply(**variables)
                self.assertEqual(self.types(), ["mlflow_server_webhook", "mlflow_webhook", "terraform_data"])
                self.assert_plan_is_empty(**variables)
                self.assertEqual(self.project.run("destroy", "-auto-approve", **variables).code, 0)

    def test_a_workspace_of_a_server_without_them_is_an_error_before_anything_is_written(self):
        self.webhook(workspace='"team-a"')
        refused = self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_URI=self.address)
        self.assertIn("workspace", refused)
        self.assertEqual(self.server.webhooks(), [])
        self.assertNotIn("POST webhooks", self.calls())

    def test_a_server_that_ignores_the_header(self):
        """As one before 3.10, which knows no such call and would write into the only workspace."""
        self.workspace.fault("status", operation="server-info", status=404, body="<!doctype html><title>404</title>", times=9)
        self.webhook(workspace='"team-a"')
        self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_URI=self.address)
        self.assertEqual(self.server.webhooks(), [])

    def test_a_state_of_a_server_that_had_them(self):
        self.webhook()
        self.apply(MLFLOW_TRACKING_URI=self.address)
        made = self.attributes()
        refused = self.refuse("plan", MLFLOW_TRACKING_URI=self.address, MLFLOW_WORKSPACE="team-a")
        self.assertIn("workspace", refused)
        self.assertEqual(self.attributes(), made)
        with self.assertRaises(urllib.error.HTTPError):
            self.server.webhooks("team-a")

    def test_to_name_the_default_workspace_of_a_server_without_them(self):
        """A state with it could not be read any more."""
        self.webhook()
        self.apply(MLFLOW_TRACKING_URI=self.address)
        made = self.attributes()
        self.webhook(workspace='"default"')
        refused = self.refuse("apply", "-auto-approve", MLFLOW_TRACKING_URI=self.address)
        self.assertIn("Remove workspace", refused)
        self.assertEqual(self.attributes(), made)
        self.assertEqual(self.server.only()["webhook_id"], made["id"])


if __name__ == "__main__":
    unittest.main()
