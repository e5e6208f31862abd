"""The guide "After a kill or a lost answer", step by step: what was left behind is found, and adopted."""

import json
import os
import shutil
import signal
import time
import unittest

from harness import HTTP, SOURCE, Case, until

MODEL = HTTP + '\n  model_name = "churn"'


class AfterKillTest(Case):
    def find(self, **variables):
        """What the guide's example prints, as (equal, not_managed)."""
        finder = self.make_project()
        shutil.copy(SOURCE / "examples/after_a_kill/main.tf", finder.folder)
        state = finder.folder / "state.json"
        state.write_text(self.project.run("state", "pull").text)
        self.apply(*(f"-var={name}={value}" for name, value in {"state_file": state, **variables}.items()), project=finder)
        outputs = json.loads(finder.run("output", "-json").text)
        return outputs["equal"]["value"], outputs["not_managed"]["value"]

    def adopt(self, import_as):
        output = self.project.run("import", "mlflow_webhook.this", import_as)
        self.assertEqual(output.code, 0, output.text)
        self.assert_plan_is_empty()

    def test_a_kill_in_the_middle_of_a_create(self):
        self.workspace.drift("old", events=["MODEL_VERSION_CREATED"], status="ACTIVE", model_name="churn",
                             http_url_spec={"url": "https://example.com/webhook"},
                             creation_timestamp=int(time.time() * 1000) - 3 * 86_400_000)
        self.project.resource(MODEL)
        self.project.init()
        self.workspace.fault("hang_after", operation="create")
        process = self.project.start("apply", "-auto-approve")
        until(lambda: len(self.workspace.webhooks()) == 2, "the create")
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
        lost = next(w["id"] for w in self.workspace.webhooks() if w["id"] != "old")

        equal, not_managed = self.find()
        self.assertEqual(sorted(not_managed), sorted(["old", lost]))
        self.assertEqual(not_managed["old"]["age_minutes"], 3 * 24 * 60)
        self.assertIn(not_managed[lost]["age_minutes"], (0, 1))
        self.assertEqual(not_managed[lost]["import_as"], f"churn/{lost}")
        self.assertEqual([sorted(group["ids"]) for group in equal], [sorted(["old", lost])])
        self.assertEqual(equal[0]["webhook"]["http_url_spec"]["url"], "https://example.com/webhook")
        self.adopt(f"churn/{lost}")
        self.assertEqual(sorted(self.find(model_name="churn")[1]), ["old"])

    def test_a_create_that_nobody_can_tell_of(self):
        self.project.resource(HTTP)
        self.workspace.settings(clock_ms=-60_000)
        self.workspace.fault("reset_after", operation="create")
        text = self.refuse("apply", "-auto-approve")
        self.assertIn("Do not apply again yet", text)
        lost = self.workspace.only()["id"]
        self.assertIn(f"{lost} (created about ", text)
        self.assertEqual(list(self.find()[1]), [lost])
        self.adopt(lost)

    def test_whoever_applied_again_all_the_same(self):
        self.test_a_create_that_nobody_can_tell_of()
        twin = self.workspace.create(http_url_spec={"url": "https://example.com/webhook"})
        equal, not_managed = self.find()
        self.assertEqual(list(not_managed), [twin])
        self.assertEqual({webhook_id: one["managed"] for webhook_id, one in equal[0]["ids"].items()},
                         {self.project.attributes()["id"]: True, twin: False})


if __name__ == "__main__":
    unittest.main()
