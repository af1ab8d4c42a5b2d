"""Links every data set of a folder with guiyi and, if asked, with its peers, and prints one Markdown table.

    python3 Benchmarks/linkage/table.py DATA_FOLDER --guiyi PROGRAM [--peers PYTHON] [--only NAME,...] [--keep FOLDER]

A data set is a subfolder with records.csv whose columns `cluster` (truth) and `rec_id` are never evidence. CPU seconds (user and
system) and peak memory are of the whole process, from reading to clusters written, by time(1). PYTHON has requirements.txt installed.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
HEADER = ["data", "program", "pairs F1", "precision", "recall", "best", "clusters F1", "precision", "recall", "B³ F1", "best of components",
          "CPU s", "MiB"]


def run(command, folder):
    """Runs a command under time(1): (CPU seconds, peak MiB), or None after saying why it failed."""
    os.makedirs(folder, exist_ok=True)
    times, log = os.path.join(folder, "time"), os.path.join(folder, "log")
    with open(log, "w", encoding="utf-8") as output:
        status = subprocess.run(
            ["/usr/bin/env", "time", "-f", "%U %S %M", "-o", times] + command, stdout=output, stderr=subprocess.STDOUT).returncode
    if status:
        tail = open(log, encoding="utf-8", errors="replace").read().strip().splitlines()[-5:]
        print(f"table: {' '.join(command)} ended with {status}", *tail, sep="\n  ", file=sys.stderr)
        return None
    user, system, peak = open(times, encoding="utf-8").read().split()[-3:]
    return float(user) + float(system), float(peak) / 1024


def link_command(guiyi, records, out, threads=None, config=None):
    """`guiyi link`, zero configuration unless `config`; the source column is named only where it tells files apart."""
    with open(records, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames
        sources = {row["source_dataset"] for row in reader} if "source_dataset" in columns else set()
    command = [guiyi, "link", records, "--out", out, "--id", "rec_id", "--truth", "cluster"]
    if len(sources) > 1:
        command += ["--source", "source_dataset"]
    elif sources:
        command += ["--ignore", "source_dataset"]
    if threads:
        command += ["--threads", str(threads)]
    return command + (["--config", config] if config else [])


def judged(records, folder):
    """The report of evaluate.py, from a process of its own, so that this one stays small."""
    text = subprocess.run([sys.executable, os.path.join(here, "evaluate.py"), records, folder], check=True, stdout=subprocess.PIPE).stdout
    return json.loads(text)


def number(value, digits=4):
    text = f"{value:.{digits}f}"
    return text[1:] if text.startswith("0.") else text


def row(name, program, report, cost):
    at, best, clusters = report["pairs"]["at"], report["pairs"]["best"], report.get("clusters")
    cells = [name, program, number(at["f1"]), number(at["precision"]), number(at["recall"]), number(best["f1"])]
    if clusters:
        cells += [number(clusters[key]) for key in ("f1", "precision", "recall", "b3_f1")]
    else:
        cells += ["", "", "", ""]
    return cells + [number(report["components"]["best"]["f1"]), f"{cost[0]:.2f}", f"{cost[1]:.0f}"]


def line(cells):
    return "| " + " | ".join(cells) + " |"


def programs(name, records, folder, arguments):
    """(label, command, result folder) of everything to run on one data set."""
    runs = []
    if arguments.guiyi:
        out = os.path.join(folder, "guiyi")
        runs.append(("guiyi", link_command(arguments.guiyi, records, out), out))
        config = os.path.join(here, "edited", f"matching.{name}.yaml")
        if os.path.exists(config):
            out = os.path.join(folder, "guiyi-edited")
            runs.append(("guiyi, edited", link_command(arguments.guiyi, records, out, config=config), out))
    if arguments.peers:
        for label, script in (("Splink", "peer_splink.py"), ("recordlinkage", "peer_recordlinkage.py")):
            out = os.path.join(folder, label)
            runs.append((label, [arguments.peers, os.path.join(here, script), records, out], out))
    return runs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--guiyi")
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", metavar="FOLDER")
    arguments = parser.parse_args()
    only = [name for name in arguments.only.split(",") if name]
    names = sorted(name for name in os.listdir(arguments.data)
                   if os.path.exists(os.path.join(arguments.data, name, "records.csv")) and (not only or name in only))
    if not names:
        raise SystemExit(f"table: no folder in {arguments.data} holds records.csv")
    print(line(HEADER), line(["---", "---"] + ["--:"] * (len(HEADER) - 2)), sep="\n", flush=True)
    failures = 0
    with tempfile.TemporaryDirectory() as temporary:
        for name in names:
            records = os.path.join(arguments.data, name, "records.csv")
            for label, command, out in programs(name, records, os.path.join(arguments.keep or temporary, name), arguments):
                cost = run(command, out + ".run")
                if cost is None:
                    failures += 1
                    print(line([name, label] + ["failed"] + [""] * (len(HEADER) - 3)), flush=True)
                else:
                    print(line(row(name, label, judged(records, out), cost)), flush=True)
    print("\npairs and clusters: at the program's own threshold (guiyi's from its expected F1; Splink's documented .95; recordlinkage's"
          " .5);\nbest: over all thresholds of pairs.csv; best of components: its connected components at the best of all thresholds.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
