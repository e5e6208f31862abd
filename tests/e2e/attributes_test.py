"""Every attribute of mlflow_webhook that can be set, by the real client: create, update, drift, data source. One without
a row here is a failure."""

import json
import unittest

from harness import HEAD, Case

# Path: two values in HCL, the same as the service has them, and where: the path of the API's members.
ATTRIBUTES = {
    "events": ('["COMMENT_CREATED"]', '["MODEL_VERSION_CREATED"]', ["COMMENT_CREATED"], ["MODEL_VERSION_CREATED"], "events"),
    "description": ('"one"', '"other"', "one", "other", "description"),
    "status": ('"ACTIVE"', '"DISABLED"', "ACTIVE", "DISABLED", "status"),
    "http_url_spec.url": ('"https://one.example"', '"https://other.example"', "https://one.example", "https://other.example",
                          "http_url_spec.url"),
    "http_url_spec.enable_ssl_verification": ("true", "false", True, False, "http_url_spec.enable_ssl_verification"),
    "job_spec.job_id": ('"1"', '"2"', "1", "2", "job_spec.job_id"),
    "job_spec.workspace_url": ('"https://one.example"', '"https://other.example"', "https://one.example",
                               "https://other.example", "job_spec.workspace_url"),
}
# What other tests are about.
ELSEWHERE = {
    "model_name": "lifecycle_test.py: a change replaces", "registry_webhook": "lifecycle_test.py: follows from model_name",
    "http_url_spec": "", "job_spec": "",  # their members are above
    **{f"http_url_spec.{name}{form}": "write_only_test.py, secret_forms_test.py"
       for name in ("authorization_header", "secret") for form in ("", "_wo", "_wo_version")},
    **{f"job_spec.access_token{form}": "secret_forms_test.py" for form in ("", "_wo", "_wo_version")},
    **{f"http_url_spec.url_wo{form}": "address_test.py, secret_forms_test.py" for form in ("", "_version")},
    "http_url_spec.authorization": "bad_input_test.py: refused",
}


def settable(attributes, prefix=""):
    for name, attribute in attributes.items():
        if attribute.get("required") or attribute.get("optional"):
            yield prefix + name
        if "nested_type" in attribute:
            yield from settable(attribute["nested_type"]["attributes"], f"{prefix}{name}.")


def at(value, path):
    for name in path.split("."):
        value = value[name]
    return value


def label(path):
    return path.replace(".", "-")


def configuration(which):
    """A webhook for each attribute, which has its first (0) or its other value (1), and all of them as data."""
    text = HEAD
    for path, row in ATTRIBUTES.items():
        values = {"events": '["COMMENT_CREATED"]', path: row[which]}
        spec = {"job_spec.job_id": '"7"', "job_spec.access_token": '"t"'} if path.startswith("job_spec") else {
            "http_url_spec.url": '"https://example.com"'}
        values = {**spec, **values}
        lines = "".join(f"  {name} = {value}\n" for name, value in values.items() if "." not in name)
        block = next(iter(spec)).split(".")[0]
        members = "".join(f"    {name.split('.')[1]} = {value}\n" for name, value in values.items() if "." in name)
        text += f'resource "mlflow_webhook" "{label(path)}" {{\n{lines}  {block} = {{\n{members}  }}\n}}\n'
        text += f'data "mlflow_webhook" "{label(path)}" {{\n  id = mlflow_webhook.{label(path)}.id\n}}\n'
    return text


class AttributesTest(Case):
    def webhooks(self):
        """By label: the service's id of each, and what it has."""
        ids = {r["name"]: r["instances"][0]["attributes"]["id"] for r in self.project.state()["resources"]
               if r["mode"] == "managed"}
        stored = {webhook["id"]: webhook for webhook in self.workspace.webhooks()}
        return {name: stored[webhook_id] for name, webhook_id in ids.items()}

    def told(self, path):
        """What the data source says."""
        return next(at(r["instances"][0]["attributes"], path) for r in self.project.state()["resources"]
                    if r["mode"] == "data" and r["name"] == label(path))

    def check(self, which):
        stored = self.webhooks()
        for path, row in ATTRIBUTES.items():
            with self.subTest(path):
                self.assertEqual(at(stored[label(path)], row[4]), row[2 + which])
                self.assertEqual(self.told(path), row[2 + which])
        self.assert_plan_is_empty()

    def test_each_has_a_row(self):
        self.project.write(HEAD)
        self.project.init()
        schemas = json.loads(self.project.run("providers", "schema", "-json").text)["provider_schemas"]
        schema = next(iter(schemas.values()))["resource_schemas"]["mlflow_webhook"]["block"]
        self.assertEqual(sorted([*ATTRIBUTES, *ELSEWHERE]), sorted(settable(schema["attributes"])))

    def test_create_update_drift(self):
        self.project.write(configuration(0))
        self.apply()
        self.check(0)

        self.project.write(configuration(1))
        output = self.apply()
        self.assertIn(f"0 added, {len(ATTRIBUTES)} changed, 0 destroyed", output.text)
        self.check(1)

        # Somebody else sets each of them back.
        for path, row in ATTRIBUTES.items():
            member = row[2]
            for name in reversed(row[4].split(".")):
                member = {name: member}
            self.workspace.drift(self.webhooks()[label(path)]["id"], **member)
        output = self.plan("-out=plan")
        shown = json.loads(self.project.run("show", "-json", "plan").text)
        for path in ATTRIBUTES:
            with self.subTest(path):
                change = next(c["change"] for c in shown["resource_changes"] if c["name"] == label(path)
                              and c["mode"] == "managed")
                self.assertEqual(change["actions"], ["update"], output.text)
                self.assertNotEqual(at(change["before"], path), at(change["after"], path))


if __name__ == "__main__":
    unittest.main()
