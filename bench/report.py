#!/usr/bin/env python3
"""What bench/run measured: as a table with the goals, and as plots.

  bench/report.py RESULTS.json [DIR]     prints the table; with DIR, draws the plots there"""

import html
import json
import pathlib
import sys


def text_of(series, unit, digits=1):
    return f"{series['median']:.{digits}f} {unit} ({series['min']:.{digits}f} to {series['max']:.{digits}f}, {series['runs']} runs)"


def goal(value, bound, unit="", digits=2):
    """A value and whether it is within its goal."""
    return f"{value:.{digits}f}{unit}, goal {bound}{unit}: {'yes' if value <= bound else 'NO'}"



def start_rows(start):
    this, floor = start["this"], start["tls_floor"]
    yield "stripped binary", goal(this["size_mb"], 12.5, " MB")
    yield "exec to handshake line", text_of(this["line_ms"], "ms", 2)
    yield "  the same of tls_floor", text_of(floor["line_ms"], "ms", 2)
    yield "  ratio of the medians", goal(this["line_ms"]["median"] / floor["line_ms"]["median"], 1.5, " x")
    yield "  ratio of the fastest", f"{this['line_ms']['min'] / floor['line_ms']['min']:.2f} x"
    yield "exec to first schema", text_of(this["schema_ms"], "ms", 2)
    yield "resident at the line, VmRSS", goal(this["rss_mib"]["median"], 10, " MiB")
    yield "  of it RssAnon", goal(this["anon_mib"]["median"], 2, " MiB")
    yield "resident after the schema, VmRSS, RssAnon", (
        f"{this['serving_rss_mib']['median']:.2f} MiB, {this['serving_anon_mib']['median']:.2f} MiB")
    for name in start:
        if name not in ("this", "tls_floor"):
            yield f"{name}: binary, line, schema, VmRSS", (
                f"{start[name]['size_mb']:.1f} MB, {start[name]['line_ms']['median']:.2f} ms, "
                f"{start[name]['schema_ms']['median']:.2f} ms, {start[name]['rss_mib']['median']:.1f} MiB")


def small_rows(small):
    for command, bound in (("validate", 55), ("plan", 80)):
        key = f"{command}_ms"
        base = small["terraform_data"][key]
        yield f"{command}, 1 object, no provider", text_of(base, "ms")
        for name, found in small.items():
            if name != "terraform_data":
                over = found[key]["median"] - base["median"]
                yield f"  {name}: over that", goal(over, bound, " ms", 1) if name == "this" else f"{over:.1f} ms"


def scale_rows(scale):
    # null_provider has this provider's schema, so what that costs Terraform shows only beside terraform_data.
    for step, label, bound in (("plan_create_s", "plan that creates", None), ("apply_s", "apply", 1.65),
                               ("plan_no_change_s", "plan without a change", 2.2), ("destroy_s", "destroy", 1.5)):
        yield f"{label}, {scale['count']} objects", text_of(scale["this"][step], "s", 2)
        this = scale["this"][step]["median"]
        yield "  over null_provider", goal(this / scale["null_provider"][step]["median"], 1.15, " x")
        over = this / scale["terraform_data"][step]["median"]
        yield "  over terraform_data", goal(over, bound, " x") if bound else f"{over:.2f} x"
        for name in scale:
            if name not in ("count", "this", "null_provider", "terraform_data", "url_wo"):
                yield f"  {name}", f"{scale[name][step]['median']:.2f} s, {scale[name][step]['median'] / this:.2f} x"
        # A plan without a change is a refresh.
        if "url_wo" in scale and step == "plan_no_change_s":
            yield "  with url_wo, over url", goal(scale["url_wo"][step]["median"] / this, 1.1, " x")


def server_rows(server):
    this, null = server["this"]["plan_s"], server["null_provider"]["plan_s"]
    yield f"plan without a change, {server['count']} of a server", text_of(this, "s", 2)
    yield "  over null_provider, ratio of the medians", goal(this["median"] / null["median"], 1.3, " x")
    yield "  ratio of the fastest", f"{this['min'] / null['min']:.2f} x"
    calls = server["calls"]
    wanted = {"get": server["count"], "list": 0, "write": 0, "other": 0}
    yield "  calls for one plan", (f"{calls['get']:.0f} gets, {calls['list']:.0f} listings, "
                                   f"{calls['write'] + calls['other']:.0f} others, "
                                   f"goal a get for each: {'yes' if calls == wanted else 'NO'}")
    if "real_server" in server:
        yield "  against a real server", text_of(server["real_server"]["plan_s"], "s", 2)


def latency_rows(latency):
    yield f"apply, {latency['count']} objects, {latency['latency_ms']} ms latency", f"{latency['with_s']:.2f} s"
    yield "  over N * L / P + the same without latency", goal(latency["with_s"] / latency["bound_s"], 1.1, " x")


def growth_rows(growth):
    for load in growth["loads"]:
        yield f"one process, {load['count']} webhooks", (
            f"create {load['create_s']:.2f} s, read {load['read_s']:.2f} s, plan {load['plan_s']:.2f} s, "
            f"CPU {load['cpu_s']:.2f} s")
        yield "  peak memory", goal(load["peak_rss_mib"], 64, " MiB", 1)
    yield "memory for each webhook", f"{growth['kib_per_webhook']:.2f} KiB"
    yield "read time for each, by number", ", ".join(f"{n}: {ms:.2f} ms" for n, ms in growth["read_ms_per_webhook"].items())


def faults_rows(faults):
    yield f"{faults['count']} webhooks, {faults['parallel']} at a time, with faults", (
        f"{faults['struck']} of {faults['requests']} requests struck, {faults['create_rounds']} rounds of creates, "
        f"{faults['read_rounds']} of reads, {faults['create_s'] + faults['read_s']:.1f} s")
    converged = faults["webhooks"] == faults["different"] == faults["count"]
    yield "  one webhook for each, none besides", f"{faults['webhooks']}, goal {faults['count']}: {'yes' if converged else 'NO'}"
    yield "  peak memory", goal(faults["peak_rss_mib"], 32, " MiB", 1)


def micro_rows(micro):
    for name, found in micro.items():
        yield name, f"{found['instructions']:.0f} instructions, {text_of(found['cpu_ns'], 'ns', 0)}"


def framework_rows(framework):
    cpp, go = framework["cpp"], framework["go"]
    yield "notes in C++ and in Go", framework["built_of"]
    yield "  binary, stripped", f"{cpp['size_mb']:.1f} MB, in Go {go['size_mb']:.1f} MB: {go['size_mb'] / cpp['size_mb']:.2f} x"
    for key, label, unit in (("line_ms", "exec to handshake line", "ms"), ("schema_ms", "exec to first schema", "ms"),
                             ("serving_rss_mib", "resident after the schema, VmRSS", "MiB"),
                             ("serving_anon_mib", "  of it RssAnon", "MiB"),
                             ("life_peak_rss_mib", f"peak over {framework['count']} notes made and destroyed", "MiB")):
        yield f"  {label}", (f"{text_of(cpp[key], unit, 2)}, in Go {text_of(go[key], unit, 2)}: "
                             f"{go[key]['median'] / cpp[key]['median']:.2f} x, "
                             f"the fastest {go[key]['min'] / cpp[key]['min']:.2f} x")


ROWS = {"start": start_rows, "small": small_rows, "scale": scale_rows, "server": server_rows, "latency": latency_rows,
        "growth": growth_rows, "faults": faults_rows, "micro": micro_rows, "framework": framework_rows}


def table(results):
    lines = [results["machine"] + (", --quick" if results["quick"] else ""), ""]
    for part, rows in ROWS.items():
        if part in results:
            lines += [f"{label:<45} {value}" for label, value in rows(results[part])] + [""]
    return "\n".join(lines)


def bars(title, note, rows, unit):
    """Horizontal bars: (label, value)."""
    most = max(value for _, value in rows)
    height = 70 + 26 * len(rows)
    parts = [f'<text x="12" y="24" font-size="15" font-weight="bold">{html.escape(title)}</text>']
    for number, (label, value) in enumerate(rows):
        y = 40 + 26 * number
        width = 340 * value / most
        parts += [f'<text x="212" y="{y + 14}" text-anchor="end">{html.escape(label.replace("this", "this provider"))}</text>',
                  f'<rect x="220" y="{y}" width="{width:.1f}" height="18" fill="{"#5c4ee5" if "this" in label else "#9aa0a6"}"/>',
                  f'<text x="{226 + width:.1f}" y="{y + 14}">{value:.2f} {unit}</text>']
    return svg(height, parts, note)


def curve(title, note, points, x_label, unit):
    """One line through (x, y), both axes from 0."""
    x_most, y_most = max(x for x, _ in points), 1.15 * max(y for _, y in points)
    place = [(60 + 560 * x / x_most, 210 - 160 * y / y_most) for x, y in points]
    parts = [f'<text x="12" y="24" font-size="15" font-weight="bold">{html.escape(title)}</text>',
             '<path d="M60 50 V210 H640" fill="none" stroke="#9aa0a6"/>',
             f'<path d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in place)}" fill="none" stroke="#5c4ee5" stroke-width="2"/>',
             f'<text x="640" y="246" text-anchor="end">{html.escape(x_label)}</text>']
    for (x, y), (count, value) in zip(place, points):
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#5c4ee5"/>',
                  f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle">{value:.1f} {unit}</text>',
                  f'<text x="{x:.1f}" y="228" text-anchor="middle">{count}</text>']
    return svg(280, parts, note)


def svg(height, parts, note):
    body = "\n".join([*parts, f'<text x="12" y="{height - 12}" font-size="10" fill="#5f6368">{html.escape(note)}</text>'])
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="680" height="{height}" font-family="sans-serif" font-size="12">\n'
            f'<rect width="680" height="{height}" fill="white"/>\n{body}\n</svg>\n')


def draw(results, folder):
    folder.mkdir(parents=True, exist_ok=True)
    note = results["machine"] + (", --quick" if results["quick"] else "")
    if "start" in results:
        rows = [(f"line, {name}", found["line_ms"]["median"]) for name, found in results["start"].items()]
        rows += [(f"first schema, {name}", found["schema_ms"]["median"]) for name, found in results["start"].items()
                 if "schema_ms" in found]
        (folder / "start.svg").write_text(bars("From exec to the handshake line and to the first schema", note, rows, "ms"))
    if "small" in results:
        base = results["small"]["terraform_data"]["plan_ms"]["median"]
        rows = [(name, found["plan_ms"]["median"] - base) for name, found in results["small"].items()
                if name != "terraform_data"]
        (folder / "plan.svg").write_text(bars("terraform plan of one object, over no provider", note, rows, "ms"))
    if "scale" in results:
        scale = results["scale"]
        rows = [(f"{step}, {name}", scale[name][f"{step}_s"]["median"]) for step in ("apply", "destroy")
                for name in scale if name != "count"]
        (folder / "scale.svg").write_text(bars(f"{scale['count']} objects, no latency", note, rows, "s"))
    if "growth" in results:
        points = [(load["count"], load["peak_rss_mib"]) for load in results["growth"]["loads"]]
        (folder / "memory.svg").write_text(curve("Peak memory of one provider process", note, points, "webhooks", "MiB"))


def main():
    results = json.loads(pathlib.Path(sys.argv[1]).read_text())
    print(table(results))
    if len(sys.argv) > 2:
        draw(results, pathlib.Path(sys.argv[2]))


if __name__ == "__main__":
    main()
