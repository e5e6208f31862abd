"""The measurements of bench/run, each a function from a Setting to a part of the results. Times are in milliseconds or
seconds as the names say; a series is {median, min, max, runs}. What is compared runs in turns, never one after the other."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parent.parent
MLFLOW = SOURCE / "build/mlflow-3.17.2"  # scripts/setup_server.sh puts it there
EXAMPLE = SOURCE / "examples/provider/provider.tf"
ADDRESS = re.search(r'source *= "(.*)"', EXAMPLE.read_text()).group(1)
WEBHOOK = """
  events        = ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"]
  description   = "Notify when new models are registered"
  http_url_spec = {
    url                  = "https://example.com/webhook"
    authorization_header = "Bearer token"
  }"""
BODY = {
    # By dialect: how a configuration names the provider and writes a webhook.
    "mlflow": (ADDRESS, "mlflow", "mlflow_webhook", WEBHOOK),
    "url_wo": (ADDRESS, "mlflow", "mlflow_webhook", WEBHOOK.replace("url   ", "url_wo")),
    "databricks": ("registry.terraform.io/databricks/databricks", "databricks", "databricks_mlflow_webhook", """
  events      = ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"]
  description = "Notify when new models are registered"
  http_url_spec {
    url           = "https://example.com/webhook"
    authorization = "Bearer token"
  }"""),
    # As the replayer answers.
    "mlflow_server": (ADDRESS, "mlflow", "mlflow_server_webhook", """
  name        = "webhook-${count.index}"
  url         = "https://ci.example.com/hooks/mlflow"
  events      = ["model_version.created", "registered_model.created"]
  description = "Notify when new models are registered"
"""),
    "notes": ("registry.example.com/acme/notes", "notes", "notes_note", """
  title = "Note ${count.index}"
  body  = "What is to be done before the release, and by whom."
  tags  = ["release", "planning"]
"""),
}


class Variant:
    """A provider that takes part: how the table calls it, its binary, and its dialect. No binary: Terraform's own."""

    def __init__(self, name, binary=None, dialect="mlflow"):
        self.name, self.binary, self.dialect = name, binary and pathlib.Path(binary).resolve(), dialect


class Setting:
    def __init__(self, build, client, variants, notes, quick):
        self.build, self.client, self.variants, self.notes, self.quick = build, client, variants, notes, quick
        self.provider = next(v for v in variants if v.name == "this")
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-bench-"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521", "-nodes",
                        "-keyout", "host.key", "-out", "host.pem", "-subj", "/CN=localhost", "-days", "2"],
                       cwd=self.root, check=True, capture_output=True)

    def close(self):
        shutil.rmtree(self.root)

    def driver(self, *arguments, environment=None):
        done = subprocess.run([self.build / "bench/driver", *arguments], capture_output=True, text=True, check=False,
                              timeout=600, env={**os.environ, "TMPDIR": str(self.root), **(environment or {})})
        if done.returncode != 0:
            raise RuntimeError(f"driver {arguments[0]}: {done.stderr}")
        return json.loads(done.stdout)

    @property
    def host(self):
        return self.root / "host.pem", self.root / "host.key"

    @contextlib.contextmanager
    def workspace(self, latency_ms=0):
        """A local workspace; gives the variables that lead to it."""
        process = subprocess.Popen([self.build / "tools/local_workspace/local_workspace", "--token", "bench-token"],
                                   stdout=subprocess.PIPE, text=True)
        try:
            url = re.search(r"at (\S+)", process.stdout.readline()).group(1)
            control(url, "PUT", "settings", {"latency_ms": latency_ms})
            yield {"DATABRICKS_HOST": url, "DATABRICKS_TOKEN": "bench-token"}
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()

    @contextlib.contextmanager
    def replayer(self):
        """A server's recorded answers; gives the address."""
        process = subprocess.Popen([self.build / "bench/replayer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield re.search(r"at (\S+)", process.stdout.readline()).group(1)
        finally:
            process.communicate()

    @contextlib.contextmanager
    def mlflow_server(self):
        """A real one, started as the tests do; gives the address."""
        os.environ.update(TFCPP_MLFLOW=str(MLFLOW), TFCPP_SERVER_FILES=str(self.root / "server"))
        sys.path.insert(0, str(SOURCE / "tests/server"))
        from servers import MlflowServer  # pylint: disable=import-outside-toplevel
        running = MlflowServer()
        try:
            yield running.url
        finally:
            running.close()


def control(url, method, path, body=None):
    """A call of the workspace's control path."""
    request = urllib.request.Request(f"{url}/control/{path}", method=method,
                                     data=None if body is None else json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


class Project:
    """A folder with `count` objects of a variant, set up for the client."""

    def __init__(self, setting, variant, count, environment):
        self.client = setting.client
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{variant.name}-", dir=setting.root))
        configuration = self.folder / "terraform.rc"
        # The same values in Terraform's own resource, which keeps them as `input` and as `output`.
        head, kind, body = "", "terraform_data", f"  input = {{{WEBHOOK}\n  }}"
        text = "disable_checkpoint = true\n"
        if variant.binary:
            address, name, kind, body = BODY[variant.dialect]
            package = self.folder / "mirror" / address / "0.1.0/linux_amd64"
            package.mkdir(parents=True)
            (package / f"terraform-provider-{name}_v0.1.0").symlink_to(variant.binary)
            text += f'provider_installation {{\n  filesystem_mirror {{ path = "{self.folder}/mirror" }}\n}}\n'
            head = f'terraform {{\n  required_providers {{\n    {name} = {{ source = "{address}" }}\n  }}\n}}\n'
        configuration.write_text(text)
        (self.folder / "main.tf").write_text(f'{head}resource "{kind}" "this" {{\n  count = {count}\n{body}\n}}\n')
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TF_IN_AUTOMATION": "1",
                            "TF_CLI_CONFIG_FILE": str(configuration), **environment}
        self.run("init")

    def run(self, *arguments):
        """Seconds that the command took."""
        begin = time.monotonic()
        done = subprocess.run([self.client, *arguments], cwd=self.folder, env=self.environment, capture_output=True,
                              text=True, check=False, timeout=600)
        if done.returncode != 0:
            raise RuntimeError(f"terraform {' '.join(arguments)} in {self.folder.name}:\n{done.stdout}{done.stderr}")
        return time.monotonic() - begin


def series(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values), "runs": len(values)}


def start(setting):
    """The binary alone: its size, from exec to the handshake line and to the first schema, and its memory then."""
    runs = 10 if setting.quick else 60
    samples = {"tls_floor": []}
    for _ in range(runs):
        samples["tls_floor"].append(setting.driver("line", setting.build / "bench/tls_floor"))
        for variant in setting.variants:
            if variant.binary:
                samples.setdefault(variant.name, []).append(setting.driver("start", variant.binary, *setting.host))
    result = {name: {key: series([s[key] for s in found]) for key in found[0]} for name, found in samples.items()}
    for variant in setting.variants:
        if variant.binary:
            result[variant.name]["size_mb"] = variant.binary.stat().st_size / 1e6
    return result


def small(setting):
    """`validate` and `plan` of one object."""
    runs = 3 if setting.quick else 15
    with setting.workspace() as environment:
        projects = {v.name: Project(setting, v, 1, environment) for v in setting.variants}
        samples = {name: {"validate": [], "plan": []} for name in projects}
        for _ in range(runs):
            for name, project in projects.items():
                for command, found in samples[name].items():
                    found.append(1000 * project.run(command))
    return {name: {f"{command}_ms": series(found) for command, found in commands.items()}
            for name, commands in samples.items()}


def scale(setting):
    """Many webhooks without latency: the plan that creates, its apply, a plan without a change, destroy."""
    count, runs = (100, 1) if setting.quick else (1000, 3)
    steps = {"plan_create_s": ("plan",), "apply_s": ("apply", "-auto-approve"), "plan_no_change_s": ("plan",),
             "destroy_s": ("destroy", "-auto-approve")}
    # Its addresses stand in no state, so each refresh compares them by a digest.
    hidden = Variant("url_wo", setting.provider.binary, "url_wo")
    with contextlib.ExitStack() as stack:
        # A workspace each: a listing holds what one configuration made.
        projects = {v.name: Project(setting, v, count, stack.enter_context(setting.workspace()))
                    for v in (*setting.variants, hidden)}
        samples = {name: {step: [] for step in steps} for name in projects}
        for _ in range(runs):
            for step, command in steps.items():
                for name, project in projects.items():
                    samples[name][step].append(project.run(*command))
    return {"count": count,
            **{name: {step: series(found) for step, found in by_step.items()} for name, by_step in samples.items()}}


def server(setting):
    """`plan` of many unchanged webhooks of an MLflow server, against recorded answers of one; how often it is asked for
    what; and against a real server, if the tests have installed one."""
    count, runs = (100, 2) if setting.quick else (1000, 5)
    variants = [Variant(v.name, v.binary, "mlflow_server") for v in setting.variants if v.name in ("null_provider", "this")]
    plan = ("plan", "-detailed-exitcode")  # fails where there is a change
    with setting.replayer() as url:
        projects = {v.name: Project(setting, v, count, {"MLFLOW_TRACKING_URI": url}) for v in variants}
        samples = {name: [] for name in projects}
        for project in projects.values():
            project.run("apply", "-auto-approve")
        before = asked(url)
        for _ in range(runs):
            for name, project in projects.items():
                samples[name].append(project.run(*plan))
        calls = {what: (number - before[what]) / runs for what, number in asked(url).items()}
    result = {"count": count, "calls": calls, **{name: {"plan_s": series(found)} for name, found in samples.items()}}
    if MLFLOW.exists():
        with setting.mlflow_server() as url:
            project = Project(setting, variants[-1], count, {"MLFLOW_TRACKING_URI": url})
            project.run("apply", "-auto-approve")
            result["real_server"] = {"plan_s": series([project.run(*plan) for _ in range(runs)])}
    return result


def asked(url):
    with urllib.request.urlopen(f"{url}/asked", timeout=60) as answer:
        return json.load(answer)


def latency(setting):
    """An apply against a slow workspace, and the same without its slowness."""
    count, milliseconds = (20, 500) if setting.quick else (100, 500)
    result = {"count": count, "latency_ms": milliseconds, "parallelism": 10}
    for name, delay in (("without_s", 0), ("with_s", milliseconds)):
        with setting.workspace(delay) as environment:
            result[name] = Project(setting, setting.provider, count, environment).run("apply", "-auto-approve")
    result["bound_s"] = count * milliseconds / 1000 / result["parallelism"] + result["without_s"]
    return result


def growth(setting):
    """One provider process with ever more webhooks, spoken to directly."""
    loads = []
    for count in (100, 300, 1000) if setting.quick else (1000, 3000, 10000):
        with setting.workspace() as environment:
            loads.append(setting.driver("load", setting.provider.binary, *setting.host, str(count), environment=environment))
    first, last = loads[0], loads[-1]
    span = last["count"] - first["count"]
    return {"loads": loads,
            "kib_per_webhook": 1024 * (last["peak_rss_mib"] - first["peak_rss_mib"]) / span,
            "read_ms_per_webhook": {str(load["count"]): 1000 * load["read_s"] / load["count"] for load in loads}}


FAULTS = [{"action": action} for action in ("reset_before", "reset_after", "close_before", "close_after", "cut_body",
                                            "malformed_body", "html", "other_shape")] + [
    {"action": "status", "status": 429}, {"action": "status", "status": 503}, {"action": "status_after", "status": 500}]


def faults(setting):
    """Many webhooks, a hundred at a time, while the service breaks one request in a hundred: what failed is done again until
    nothing fails."""
    count, parallel, rounds = (300 if setting.quick else 3000), 100, 10
    with setting.workspace() as environment:
        url = environment["DATABRICKS_HOST"]
        # In turns, over twice as many requests as there would be without faults.
        for number, nth in enumerate(range(50, 2 * count, 100)):
            control(url, "POST", "faults", {**FAULTS[number % len(FAULTS)], "nth": nth})
        load = setting.driver("load", setting.provider.binary, *setting.host, str(count), str(parallel), str(rounds),
                              environment=environment)
        requests = control(url, "GET", "requests")["requests"]
        webhooks = control(url, "GET", "webhooks")["webhooks"]
        return {**load, "parallel": parallel, "requests": len(requests), "struck": sum(1 for r in requests if r["fault"]),
                "webhooks": len(webhooks), "different": len({w["description"] for w in webhooks})}


def micro(setting):
    """The hot paths alone: time by Google Benchmark, instructions by callgrind."""
    program = setting.build / "bench/micro"
    options = ["--benchmark_format=json", f"--benchmark_repetitions={3 if setting.quick else 15}"]
    report = json.loads(subprocess.run([program, *options], capture_output=True, text=True, check=True).stdout)
    times = {}
    for entry in report["benchmarks"]:
        if entry["run_type"] == "iteration":
            times.setdefault(entry["run_name"], []).append(entry["cpu_time"])

    def instructions(name, iterations):
        done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program,
                               f"--benchmark_filter=^{name}/", "--iterations", str(iterations)],
                              capture_output=True, text=True, check=True)
        return int(re.search(r"Collected : (\d+)", done.stderr).group(1))

    cpu_ns = {name: series(found) for name, found in times.items()}

    def each(name):
        few, many = (1, 3) if cpu_ns[name]["median"] > 1e6 else (100, 300)  # under callgrind all is fifty times as slow
        return (instructions(name, many) - instructions(name, few)) / (many - few)

    return {name: {"cpu_ns": cpu_ns[name], "instructions": each(name)} for name in cpu_ns}


def framework(setting):
    """The same resource in C++ and in Go: what each binary weighs, how it starts, and the memory that it takes."""
    count, (runs, lives) = 100, (12, 1) if setting.quick else (60, 5)
    copies = {name: stripped_copies(setting, name, built) for name, built in setting.notes.items()}
    samples, peaks = {name: [] for name in copies}, {name: [] for name in copies}
    for run in range(runs):
        for name, binaries in copies.items():
            samples[name].append(setting.driver("start", binaries[run % len(binaries)], *setting.host))
    for _ in range(lives):
        for name, binaries in copies.items():
            peaks[name].append(peak_of_a_life(setting, Variant(f"notes-{name}", binaries[0], "notes"), count))
    return {"count": count, "built_of": go_versions(setting.notes["go"]),
            **{name: {"size_mb": binaries[0].stat().st_size / 1e6, "life_peak_rss_mib": series(peaks[name]),
                      **{key: series([s[key] for s in samples[name]]) for key in samples[name][0]}}
               for name, binaries in copies.items()}}


def stripped_copies(setting, name, built):
    """A dozen, to take in turns. Where the pages of a file lie in memory stays the same for as long as it is used, and that
    alone makes one copy of a binary start 40 % slower than another."""
    first, *others = [setting.root / f"notes-{name}-{number}" for number in range(12)]
    subprocess.run(["strip", "-o", first, built], check=True, capture_output=True)
    for other in others:
        shutil.copy(first, other)
    os.sync()  # not while something is measured
    return [first, *others]


# Takes the provider's place, and writes down how much memory that took at most, in KiB. It takes less itself.
MEASURED = """#!/usr/bin/python3 -SI
import os
child = os.posix_spawn("{binary}", ["{binary}"], os.environ)
usage = os.wait4(child, 0)[2]
with open("{peaks}", "a") as peaks:
    print(usage.ru_maxrss, file=peaks)
"""


def peak_of_a_life(setting, variant, count):
    """The most memory, in MiB, that any provider process takes while Terraform makes so many objects, finds them unchanged
    and destroys them."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="life-", dir=setting.root))
    measured, peaks = folder / "provider", folder / "peaks"
    measured.write_text(MEASURED.format(binary=variant.binary, peaks=peaks))
    measured.chmod(0o755)
    project = Project(setting, Variant(variant.name, measured, variant.dialect), count, {"TMPDIR": str(folder)})
    for command in (("apply", "-auto-approve"), ("plan", "-detailed-exitcode"), ("destroy", "-auto-approve")):
        project.run(*command)
    return max(int(peak) for peak in peaks.read_text().split()) / 1024


def go_versions(binary):
    """Of the compiler and of the framework, as Go writes them into what it builds."""
    compiler, framework_version = re.search(
        rb"\xff Go buildinf:.{19}(go[\w.]+).*?\ndep\tgithub\.com/hashicorp/terraform-plugin-framework\t(v[\w.]+)",
        binary.read_bytes(), re.S).groups()
    return f"{compiler.decode()}, terraform-plugin-framework {framework_version.decode()}"


ALL = {"start": start, "small": small, "scale": scale, "server": server, "latency": latency, "growth": growth,
       "faults": faults, "micro": micro, "framework": framework}
