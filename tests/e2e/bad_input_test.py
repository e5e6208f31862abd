"""Bad input is found by `terraform validate` or plan, says how to mend it, shows no secret, and calls nobody."""

import unittest

from harness import HTTP, JOB, Case, client_of, main_client

CANARY = "c4n4ry"


def http(member, url="https://example.com/webhook"):
    return f'  events = ["COMMENT_CREATED"]\n  http_url_spec = {{\n    url = "{url}"\n    {member}\n  }}'


def events(*names):
    return HTTP.replace('["MODEL_VERSION_CREATED"]', "[" + ", ".join(f'"{n}"' for n in names) + "]")


WRITE_ONLY = '  events = ["COMMENT_CREATED"]\n  http_url_spec = { url_wo = "%s" }'

ERRORS = [
    ("no target", '  events = ["COMMENT_CREATED"]', ["http_url_spec", "job_spec", "Neither is set"]),
    ("id", HTTP + '\n  id = "1"', ["Read-only attribute", "id", "Remove it"]),
    ("two targets", HTTP + '\n  job_spec = { job_id = "1" }', ["Both are set"]),
    ("no events", events(), ["events", "at least 1"]),
    ("lower case", events("model_version_created"), ['Did you mean "MODEL_VERSION_CREATED"']),
    ("misspelt", events("MODEL_VERSION_CREATE"), ['Did you mean "MODEL_VERSION_CREATED"']),
    ("registry event of a model", events("REGISTERED_MODEL_CREATED") + '\n  model_name = "m"', ["registry-wide", "model_name"]),
    ("contradiction", HTTP + '\n  model_name = "m"\n  registry_webhook = true', ["registry_webhook", "model_name"]),
    ("contradiction without model", HTTP + "\n  registry_webhook = false", ["Set model_name"]),
    ("empty model", HTTP + '\n  model_name = ""', ["model_name", "null"]),
    ("status in lower case", HTTP + '\n  status = "active"', ["ACTIVE", "DISABLED", "TEST_MODE", 'Did you mean "ACTIVE"']),
    ("other status", HTTP + '\n  status = "PAUSED"', ["ACTIVE", "DISABLED", "TEST_MODE"]),
    ("http", http("", f"http://example.com/{CANARY}"), ["http_url_spec.url, of http://example.com,", "https://"]),
    ("null url", HTTP.replace('"https://example.com/webhook"', "null"), ["http_url_spec.url", "http_url_spec.url_wo", "must not be null"]),
    ("both forms of the url", http(f'url_wo = "https://example.com/{CANARY}"'), ["http_url_spec.url_wo", "both set"]),
    ("wrong url_wo", WRITE_ONLY % f"http://{CANARY}.example/{CANARY}", ["http_url_spec.url_wo", "must begin with https://"]),
    ("url_wo with a blank", WRITE_ONLY % f"https://{CANARY}.example/ {CANARY}", ["http_url_spec.url_wo", "blanks"]),
    ("null job id", JOB.replace('"42"', "null"), ["job_spec.job_id", "must not be null"]),
    ("no host", http("", f"https:///{CANARY}"), ["http_url_spec.url", "no host"]),
    ("user information", http("", f"https://user:{CANARY}@example.com/"), ["http_url_spec.url", "user name or password"]),
    ("port", http("", f"https://example.com:99999/{CANARY}"), ["http_url_spec.url", "port"]),
    ("broken IPv6", http("", f"https://[::1/{CANARY}"), ["http_url_spec.url", "no usable host", "IPv6"]),
    ("capital scheme", http("", f"HTTPS://example.com/{CANARY}"), ["http_url_spec.url, of HTTPS://example.com,", "small letters"]),
    ("scheme twice", http("", f"https://https://example.com/{CANARY}"), ["http_url_spec.url", "once"]),
    ("letters beyond ASCII", http("", f"https://bücher.example/{CANARY}"), ["http_url_spec.url", "punycode"]),
    ("blank", http("", f"https://example.com/ {CANARY}"), ["http_url_spec.url", "blanks"]),
    ("control character", http("", f"https://example.com/\\n{CANARY}"), ["http_url_spec.url", "control"]),
    ("empty header", http('authorization_header = ""'), ["http_url_spec.authorization_header", "empty"]),
    ("header with line end", http(f'authorization_header = "{CANARY}\\n"'), ["http_url_spec.authorization_header", "chomp"]),
    ("the name in the API", http(f'authorization = "{CANARY}"'), ["authorization is called authorization_header here"]),
    ("blank header", http('authorization_header = "  "'), ["http_url_spec.authorization_header", "only blanks"]),
    ("header of a scheme", http('authorization_header = "Bearer "'), ["http_url_spec.authorization_header", "no credentials"]),
    ("blank secret", http('secret = " "'), ["http_url_spec.secret", "only blanks"]),
    ("blank token", JOB.replace("}", ', access_token = " " }'), ["job_spec.access_token", "only blanks"]),
    ("empty secret", http('secret = ""'), ["http_url_spec.secret", "empty"]),
    ("secret with tab", http(f'secret = "{CANARY}\\t"'), ["http_url_spec.secret", "control"]),
    ("empty token", JOB.replace("}", ', access_token = "" }'), ["job_spec.access_token", "empty"]),
    ("job id", JOB.replace('"42"', '"4x2"'), ["job_spec.job_id", "digits"]),
    ("job id with zeros", JOB.replace('"42"', '"007"'), ["job_spec.job_id", '"007"', "no zero before them"]),
    ("job id beyond 2^63-1", JOB.replace('"42"', '"9223372036854775808"'), ["job_spec.job_id", "9223372036854775807"]),
    ("long job id", JOB.replace('"42"', '"12345678901234567890123456"'), ["job_spec.job_id", "19 digits"]),
    ("workspace url", JOB.replace("}", ', workspace_url = "http://w" }'), ["job_spec.workspace_url", "https://"]),
]

WARNINGS = [
    ("unknown event", events("SOMETHING_ELSE"), ["SOMETHING_ELSE", "service decides"]),
    ("undocumented event", events("REGISTERED_MODEL_TAG_SET"), ["REGISTERED_MODEL_TAG_SET", "documentation"]),
    ("unity catalog", HTTP + '\n  model_name = "main.default.churn"', ["Unity Catalog"]),
    ("no verification", http("enable_ssl_verification = false"), ["enable_ssl_verification"]),
]


# In one line. Newer clients print the line of a member that an error or a warning is about.
EVENTS = '  events = ["COMMENT_CREATED"]\n'
ONE_LINE = [
    (EVENTS + f'  http_url_spec = {{ url = "http://example.com/{CANARY}" }}', "http_url_spec.url, of http://example.com,"),
    (EVENTS + f'  http_url_spec = {{ url = "example.com/{CANARY}" }}', "http_url_spec.url must begin with https://"),
    (EVENTS + f'  http_url_spec = {{ url = "http://example.com", secret = "{CANARY}" }}', "http_url_spec.url, of"),
    (EVENTS + f'  http_url_spec = {{ url = null, secret = "{CANARY}" }}', "http_url_spec.url"),
    (EVENTS + f'  http_url_spec = {{ url = "https://a.example/{CANARY}", enable_ssl_verification = false }}',
     "enable_ssl_verification"),
    (EVENTS + f'  job_spec = {{ job_id = "4x2", access_token = "{CANARY}" }}', "job_spec.job_id"),
    (EVENTS + f'  job_spec = {{ job_id = "1", workspace_url = "x.com", access_token = "{CANARY}" }}', "workspace_url"),
]


class BadInputTest(Case):
    def test_no_line_with_a_secret_is_printed(self):
        for client in (main_client(), client_of("1.15")):
            project = self.make_project(client)
            project.resource(EVENTS + '  http_url_spec = { url = "http://example.com" }')
            project.init()
            text = project.run("validate").text
            self.assertIn("Unusable URL", text)
            if client == client_of("1.15"):
                # Nothing in it is a secret.
                self.assertIn('http_url_spec = { url = "http://example.com" }', text)
            for body, words in ONE_LINE:
                with self.subTest(body, client=client):
                    project.resource(body)
                    output = project.run("plan")
                    self.assertIn(words, output.flat)
                    shown = output.text.split("Terraform will perform")[0] if output.code == 0 else output.text
                    warnings = output.text[output.text.find("Warning:"):] if output.code == 0 else ""
                    self.assertNotIn(CANARY, shown + warnings)

    def test_errors_in_validate(self):
        for name, body, words in ERRORS:
            with self.subTest(name):
                self.workspace.forget()
                self.project.resource(body)
                text = self.refuse("validate")
                for word in words:
                    self.assertIn(word, text)
                self.assertNotIn(CANARY, text)
                self.assertIn("Error:", text)
                self.assertEqual(text.count("Error:"), 1)
                self.assertEqual(self.workspace.requests(), [])

    def test_errors_in_plan_when_known_only_there(self):
        for name, body, words in ERRORS[-8:]:
            with self.subTest(name):
                self.project.resource(body)
                text = self.refuse("plan")
                for word in words:
                    self.assertIn(word, text)
                self.assertNotIn(CANARY, text)

    def test_warnings_come_with_the_change_only(self):
        for name, body, words in WARNINGS:
            with self.subTest(name):
                self.workspace.reset()
                self.project = self.make_project()
                self.project.resource(body)
                self.project.init()
                validated = self.project.run("validate")
                self.assertEqual(validated.code, 0, validated.text)
                self.assertNotIn("Warning", validated.text)
                planned = self.plan()
                self.assertEqual(planned.text.count("Warning:"), 1, planned.text)
                for word in words:
                    self.assertIn(word, planned.flat)
                if name == "unknown event":
                    continue  # the local workspace refuses it, as the service may
                self.apply()
                self.assertNotIn("Warning", self.assert_plan_is_empty().text)

    def test_bad_host(self):
        cases = [
            ("ftp://example.com", ["https", '"ftp://example.com"']),
            ("https://https://example.com", ["once", '"https://https://example.com"']),
            ("https://bücher.example", ["punycode", '"https://bücher.example"']),
            ("https://example.com:0", ["between 1 and 65535", '"https://example.com:0"']),
            (f"https://user:{CANARY}@example.com", ["user name or password"]),
            (f"ftp://example.com/?{CANARY}", ["https"]),
        ]
        for host, words in cases:
            with self.subTest(host):
                self.project.resource(HTTP, f'provider "mlflow" {{\n  host = var.host\n}}\nvariable "host" {{}}\n')
                text = self.refuse("plan", TF_VAR_host=host)
                self.assertIn("Unusable host", text)
                for word in words:
                    self.assertIn(word, text)
                self.assertNotIn(CANARY, text)


# What the service answers to a create, and the words that the error must have.
ANSWERS = [
    (dict(action="status", status=400, error_code="INVALID_PARAMETER_VALUE", message="no such thing"),
     ["400 INVALID_PARAMETER_VALUE", "no such thing"]),
    (dict(action="status", status=401, error_code="UNAUTHENTICATED", message="who"), ["401", "DATABRICKS_TOKEN"]),
    (dict(action="status", status=403, error_code="PERMISSION_DENIED", message="no"), ["403 PERMISSION_DENIED", "admin", "CAN MANAGE"]),
    (dict(action="status", status=404, body="<html>nothing</html>"), ["404", "MLflow server", "DATABRICKS_HOST"]),
    (dict(action="status", status=409, error_code="RESOURCE_ALREADY_EXISTS", message="twice"), ["409", "twice"]),
    (dict(action="status", status=500, error_code="INTERNAL_ERROR", message="oh"), ["500 INTERNAL_ERROR", "tried once more"]),
    (dict(action="html", operation=""), ["HTML", "DATABRICKS_HOST", "Do not apply again yet"]),
    (dict(action="malformed_body", operation=""), ["not JSON", "Do not apply again yet"]),
    (dict(action="reset_before"), ["lost", "did not find it"]),
]


class ServiceErrorTest(Case):
    def test_says_what_was_tried_and_what_to_do(self):
        # What became of a create is looked for as long as this.
        self.project.resource(http(f'authorization_header = "{CANARY}"'),
                              'provider "mlflow" {\n  retry_timeout_seconds = 2\n}\n')
        for fault, words in ANSWERS:
            with self.subTest(fault=fault):
                self.workspace.reset()
                self.workspace.fault(**{"operation": "create", "times": 99, **fault})
                text = self.refuse("apply", "-auto-approve")
                for word in words:
                    self.assertIn(word, text)
                if "reset" not in fault["action"]:
                    self.assertIn("POST /api/2.0/mlflow/registry-webhooks/create", text)
                    self.assertIn(self.workspace.url, text)
                if fault["action"] == "status":
                    self.assertIn("request id", text)
                self.assertNotIn(CANARY, text)
                self.assertNotIn(self.workspace.token, text)

    def test_quoted_secrets_are_removed(self):
        self.project.resource(http(f'authorization_header = "Bearer {CANARY}"'))
        self.workspace.fault("status", operation="create", status=400, error_code="INVALID_PARAMETER_VALUE",
                             message=f"bad authorization 'Bearer {CANARY}'")
        text = self.refuse("apply", "-auto-approve")
        self.assertIn("bad authorization", text)
        self.assertNotIn(CANARY, text)


if __name__ == "__main__":
    unittest.main()
