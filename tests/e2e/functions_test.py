"""Provider functions: the documented vectors, no configuration of the provider, older clients."""

import hashlib
import hmac
import json
import unittest

from harness import HEAD, Case, client_of

VECTORS = HEAD + """
output "hex" {
  value = provider::mlflow::hmac_sha256_hex("Jefe", "what do ya want for nothing?")
}
output "mlflow" {
  value = provider::mlflow::mlflow_signature("secret", "4f1c", "1700000000", "{}")
}
output "verified" {
  value = [
    provider::mlflow::verify_hmac_sha256_hex("Jefe", "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    provider::mlflow::verify_mlflow_signature("secret", "4f1c", "1700000000", "{}",
      "v1,bBtwpi8oAFgEp5X+TfAwJQY5LpVkHDceJ2TTKJgVpCo="),
    provider::mlflow::verify_hmac_sha256_hex("Jefe", "", "no signature"),
    provider::mlflow::verify_mlflow_signature("secret", "4f1c", "1700000000", "{}", ""),
  ]
}
"""


class FunctionsTest(Case):
    def outputs(self, project):
        return {name: entry["value"] for name, entry in json.loads(project.run("output", "-json").text).items()}

    def unconfigured(self, client):
        project = self.make_project(client)
        for name in ("DATABRICKS_HOST", "DATABRICKS_TOKEN"):
            del project.environment[name]
        return project

    def test_documented_vectors(self):
        for line in ("1.8", "1.11", "1.15"):
            with self.subTest(line):
                project = self.unconfigured(client_of(line))
                project.write(VECTORS)
                self.apply(project=project)
                self.assertEqual(self.outputs(project), {
                    "hex": "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                    "mlflow": "v1,bBtwpi8oAFgEp5X+TfAwJQY5LpVkHDceJ2TTKJgVpCo=",
                    "verified": [True, True, False, False]})

    def test_text_beyond_ascii(self):
        body = 'Zeile 1\n"Ärger" → 模型'
        project = self.unconfigured(client_of("1.11"))
        (project.folder / "body").write_text(body)
        project.write(HEAD + 'output "hex" {\n  value = provider::mlflow::hmac_sha256_hex("schlüssel", file("body"))\n}')
        self.apply(project=project)
        self.assertEqual(self.outputs(project)["hex"],
                         hmac.new("schlüssel".encode(), body.encode(), hashlib.sha256).hexdigest())

    def test_a_sensitive_secret_makes_the_result_sensitive(self):
        text = HEAD + """
variable "secret" {
  type      = string
  sensitive = true
  default   = "canary-secret"
}
output "verified" {
  value = %s(provider::mlflow::verify_hmac_sha256_hex(var.secret, "{}", "x"))
}"""
        project = self.unconfigured(client_of("1.11"))
        project.write(text % "")
        self.assertIn("sensitive", self.fail("plan", project=project))
        project.write(text % "nonsensitive")
        self.assertNotIn("canary-secret", self.apply(project=project).text)
        self.assertEqual(self.outputs(project), {"verified": False})

    def test_a_missing_argument_is_explained(self):
        project = self.unconfigured(client_of("1.11"))
        for arguments, word in (('"a"', "body"), ('null, "b"', "null"), ('"a", "b", "c"', "too many")):
            project.write(HEAD + f'output "x" {{\n  value = provider::mlflow::hmac_sha256_hex({arguments})\n}}')
            self.assertIn(word, self.fail("plan", project=project).lower())

    def test_absent_on_older_clients(self):
        project = self.unconfigured(client_of("1.6"))
        project.write(VECTORS)
        output = project.run("init", "-no-color")
        self.assertEqual(output.code, 1)
        self.assertNotIn("crash", output.flat.lower())


if __name__ == "__main__":
    unittest.main()
