"""Runs of the real client against a workspace where many things go wrong at once, by a seed: after each run it is counted
what was lost, doubled and forgotten. scripts/soak.sh runs many seeds, soak_test.py six.

- lost: a webhook was made, no state has it, and no error said that it might exist;
- doubled: there are more webhooks of one resource than there should be, and no error said that one might exist;
- forgotten: a webhook exists, and a state that had it has it no longer.

After an error that said "Do not apply again yet" the guide "After a kill or a lost answer" is followed."""

import argparse
import dataclasses
import json
import random
import sys

import harness
from harness import HEAD, Project, Workspace

CONFIGURATION = HEAD + """
variable "webhooks" {
  type = map(object({ description = string, model_name = optional(string), job = optional(string), status = string }))
}

provider "mlflow" {
  http_timeout_seconds  = 2
  retry_timeout_seconds = 20
}

resource "mlflow_webhook" "this" {
  for_each      = var.webhooks
  events        = ["MODEL_VERSION_CREATED"]
  model_name    = each.value.model_name
  description   = each.value.description
  status        = each.value.status
  http_url_spec = each.value.job == null ? { url = "https://example.com/webhook", secret = "canary-${each.key}" } : null
  job_spec      = each.value.job == null ? null : { job_id = each.value.job, access_token = "canary-${each.key}" }
}

# Nothing that shows tells these apart.
resource "mlflow_webhook" "twin" {
  count         = 2
  events        = ["COMMENT_CREATED"]
  http_url_spec = { url = "https://example.com/twin" }
}
"""
FAULTS = [dict(action=action) for action in (
    "reset_before", "reset_after", "close_before", "close_after", "hang_before", "hang_after", "cut_body", "malformed_body",
    "empty_body", "html", "other_shape")] + [
        dict(action=action, status=status) for action in ("status", "status_after") for status in (500, 502, 503)] + [
            dict(action="status", status=429, headers={"Retry-After": "1"}),
            dict(action="status", status=403, error_code="PERMISSION_DENIED"),
            dict(action="status", status=200, body='{"webhooks": [], "error_code": "INTERNAL_ERROR"}'),
            dict(action="status_after", status=200, body='{"webhook": {"id": "another", "events": ["A"]}}')]
BYSTANDER = "bystander"


@dataclasses.dataclass
class Counts:
    runs: int = 0
    faults: int = 0
    errors: int = 0
    adopted_by_hand: int = 0
    lost: int = 0
    doubled: int = 0
    forgotten: int = 0
    shown: int = 0  # secrets
    unsettled: int = 0  # state and workspace differ, or the plan is not empty, after a last run in peace

    def add(self, other):
        for field in dataclasses.fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def bad(self):
        return self.lost + self.doubled + self.forgotten + self.shown + self.unsettled

    def __str__(self):
        return ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in dataclasses.asdict(self).items())


class Soak:
    def __init__(self, workspace, seed):
        self.workspace, self.random = workspace, random.Random(seed)
        self.project = Project(workspace)
        self.project.write(CONFIGURATION)
        self.wanted, self.counts, self.made, self.log = {}, Counts(), 0, []

    def close(self):
        self.project.close()

    def ids_in_state(self):
        """By address."""
        return {f"{r['type']}.{r['name']}[{json.dumps(i['index_key'])}]": i["attributes"]["id"]
                for r in self.project.state()["resources"] for i in r["instances"]}

    def there(self):
        return {w["id"]: w for w in self.workspace.webhooks() if w["id"] != BYSTANDER}

    def change(self):
        """What is wanted next: some webhooks more, some less, some in another form."""
        for name in [n for n in self.wanted if self.random.random() < 0.2]:
            del self.wanted[name]
        for webhook in self.wanted.values():
            if self.random.random() < 0.4:
                webhook["status"] = self.random.choice(["ACTIVE", "DISABLED"])
        for _ in range(self.random.randrange(1, 4)):
            self.made += 1
            self.wanted[f"w{self.made}"] = {
                "description": f"w{self.made}", "status": "ACTIVE", "model_name": self.random.choice([None, None, "m"]),
                "job": self.random.choice([None, None, "42"])}
        (self.project.folder / "terraform.tfvars.json").write_text(json.dumps({"webhooks": self.wanted}))

    def break_things(self):
        self.workspace.settings(page_size=self.random.choice([2, 3, 1000]), clock_ms=self.random.choice([0, 0, 0, -60_000, 60_000]),
                                odd_members=self.random.choice([{}, {}, {BYSTANDER: {"creation_timestamp": "abc"}}]))
        for _ in range(self.random.randrange(4, 12)):
            self.workspace.fault(**self.random.choice(FAULTS), nth=self.random.randrange(1, 5), times=self.random.randrange(1, 4),
                                 operation=self.random.choice(["create", "create", "list", "list", "update", "delete"]))

    def mend_things(self):
        self.counts.faults += len([r for r in self.workspace.requests() if r["fault"]])
        self.workspace.clear_faults()
        self.workspace.settings(clock_ms=0, odd_members={}, page_size=1000)
        self.workspace.forget()

    def run(self, *command):
        output = self.project.run(*command)
        self.log.append(output.text)
        self.counts.shown += "canary" in output.text
        return output

    def apply(self):
        """One run, and what has become of everything."""
        before = self.ids_in_state()
        output = self.run("apply", "-auto-approve")
        self.counts.runs += 1
        self.counts.errors += output.code != 0
        self.mend_things()
        state, there = self.ids_in_state(), self.there()
        self.counts.forgotten += len([i for i in before.values() if i in there and i not in state.values()])
        orphans = [i for i in there if i not in state.values() and i not in before.values()]
        told = output.flat.count("Do not apply again yet")
        self.counts.lost += max(0, len(orphans) - told)
        for name in self.wanted:
            alike = [i for i, w in there.items() if w.get("description") == name]
            self.counts.doubled += max(0, len(alike) - 1 - told)
        self.counts.doubled += max(0, len([w for w in there.values() if w["events"] == ["COMMENT_CREATED"]]) - 2 - told)
        self.adopt(orphans, there, state)

    def adopt(self, orphans, there, state):
        """As the guide says."""
        missing = [f'mlflow_webhook.this["{n}"]' for n in self.wanted] + ["mlflow_webhook.twin[0]", "mlflow_webhook.twin[1]"]
        missing = [address for address in missing if address not in state]
        for orphan in orphans:
            webhook = there[orphan]
            name = webhook.get("description") or "twin"
            address = next((a for a in missing if f'["{name}"]' in a or f".{name}[" in a), None)
            if address is None:
                continue  # counted above
            missing.remove(address)
            model = webhook.get("model_name")
            self.run("import", address, f"{model}/{orphan}" if model else orphan)
            self.counts.adopted_by_hand += 1

    def play(self, rounds):
        self.workspace.reset()
        self.workspace.drift(BYSTANDER, events=["MODEL_VERSION_CREATED"], status="ACTIVE", description="by hand",
                             http_url_spec={"url": "https://example.com/webhook"})
        self.project.init()
        for _ in range(rounds):
            self.change()
            self.break_things()
            self.apply()
        self.apply()
        state, there = self.ids_in_state(), self.there()
        agree = sorted(state.values()) == sorted(there) and len(state) == len(self.wanted) + 2
        empty = self.run("plan", "-detailed-exitcode")
        if not agree or empty.code != 0:
            self.log.append(f"state {state} and workspace {sorted(there)} differ, or the plan is not empty")
            self.counts.unsettled += 1
        return self.counts


def soak(seeds, rounds):
    """Prints the counts of each seed, and gives those of all."""
    workspace, total = Workspace(), Counts()
    try:
        for seed in seeds:
            one = Soak(workspace, seed)
            try:
                counts = one.play(rounds)
            finally:
                one.close()
            print(f"seed {seed}: {counts}", flush=True)
            if counts.bad():
                print("\n".join(one.log), flush=True)
            total.add(counts)
    finally:
        workspace.close()
    print(f"all: {total}", flush=True)
    return total


def main():
    parser = argparse.ArgumentParser(description="Many runs against a workspace where much goes wrong.")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=50, help="how many")
    parser.add_argument("--rounds", type=int, default=6, help="runs of terraform for each seed")
    arguments = parser.parse_args()
    harness.main_client()
    return 1 if soak(range(arguments.first, arguments.first + arguments.seeds), arguments.rounds).bad() else 0


if __name__ == "__main__":
    sys.exit(main())
