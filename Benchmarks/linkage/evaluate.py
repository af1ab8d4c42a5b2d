"""Judges a linkage by its files, in plain Python and independently of guiyi, so that it is a check of guiyi's own figures.

    python Benchmarks/linkage/evaluate.py RECORDS.csv RESULT_FOLDER [--truth cluster] [--clusters-only]      prints JSON

RESULT_FOLDER holds `pairs.csv` (two row columns, rows from 1; `weight` and/or `probability`) and, optionally, `clusters.csv`
(`row`, `cluster`). Pairs are judged against all true pairs of the file, whether or not blocking made them.
"""

import csv
import json
import os
import re
import sys


def read_truth(path, column="cluster"):
    """The true cluster of each record, numbered by first appearance; no pair with an empty truth is true."""
    numbers, truth = {}, []
    with open(path, newline="", encoding="utf-8-sig") as file:
        for number, record in enumerate(csv.DictReader(file)):
            name = record[column] or ("", number)
            truth.append(numbers.setdefault(name, len(numbers)))
    return truth


def pair_columns(header):
    """The names of both row columns and of the score: (row A, row B, weight or None, probability or None)."""
    lower = {name.lower(): name for name in header}
    rows = [name for name in header if re.fullmatch(r"row_?(a|b|l|r|1|2|left|right)", name.lower())]
    if len(rows) != 2:
        raise ValueError(f"two row columns expected, found {rows} in {header}")
    return rows[0], rows[1], lower.get("weight"), lower.get("probability")


def read_pairs(path):
    """Pairs as (record, record, score, probability or None), records from 0, best first; the score is the weight if the file has
    one, else the probability."""
    pairs = []
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        header = next(reader)
        row_a, row_b, weight, probability = pair_columns(header)
        a, b = header.index(row_a), header.index(row_b)
        w = header.index(weight) if weight else None
        p = header.index(probability) if probability else None
        for row in reader:
            score = float(row[w if w is not None else p])
            left, right = int(row[a]) - 1, int(row[b]) - 1
            pairs.append((min(left, right), max(left, right), score, float(row[p]) if p is not None else None))
    pairs.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    return pairs


def read_clusters(path, count):
    """The cluster of each record; a record that the file leaves out is alone."""
    numbers, labels = {}, list(range(-count, 0))
    with open(path, newline="", encoding="utf-8-sig") as file:
        for record in csv.DictReader(file):
            labels[int(record["row"]) - 1] = numbers.setdefault(record["cluster"], len(numbers))
    return labels


def read_threshold(folder):
    """The engine's own threshold from `model.json`: ("weight" or "probability", value), or None when it names none."""
    path = os.path.join(folder, "model.json")
    if not os.path.exists(path):
        return None
    found = []

    def visit(value, name):
        if isinstance(value, dict):
            for key, inner in value.items():
                visit(inner, f"{name}.{key}" if name else key)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and "threshold" in name.lower():
            found.append((name, float(value)))

    with open(path, encoding="utf-8") as file:
        visit(json.load(file), "")
    if not found:
        return None
    found.sort(key=lambda item: (item[0].count("."), "cluster" in item[0].lower(), item[0]))
    name, value = found[0]
    return ("probability" if "prob" in name.lower() else "weight"), value


def pair_count(sizes):
    return sum(size * (size - 1) // 2 for size in sizes)


def sizes(labels):
    counts = {}
    for label in labels:
        counts[label] = counts.get(label, 0) + 1
    return counts


def measure(true, made, possible):
    """Precision, recall and F1 of `made` pairs of which `true` are right, out of `possible` true ones."""
    precision = true / made if made else 1.0
    recall = true / possible if possible else 1.0
    f1 = 2 * true / (made + possible) if made + possible else 1.0
    return {"precision": precision, "recall": recall, "f1": f1}


def judge_pairs(pairs, truth, threshold=None):
    """At the threshold (None: all pairs given), and at the best of all thresholds. `pairs` is sorted, best first."""
    possible = pair_count(sizes(truth).values())
    at = best = None
    true = made = 0
    best_score = None
    for index, (a, b, score, probability) in enumerate(pairs):
        if threshold and at is None:
            value = probability if threshold[0] == "probability" and probability is not None else score
            if value < threshold[1]:
                at = measure(true, made, possible)
        true += truth[a] == truth[b]
        made += 1
        if index + 1 == len(pairs) or pairs[index + 1][2] != score:
            result = measure(true, made, possible)
            if best is None or result["f1"] > best["f1"]:
                best, best_score = result, score
    at = at or measure(true, made, possible)
    return {"at": at, "best": best or at, "best_at": best_score}


def judge_clusters(labels, truth):
    """All pairs inside clusters against the truth, and B-cubed (Bagga and Baldwin 1998: averages over records)."""
    both = sizes(zip(labels, truth))
    made, possible = sizes(labels), sizes(truth)
    result = measure(pair_count(both.values()), pair_count(made.values()), pair_count(possible.values()))
    precision = sum(n * n / made[label] for (label, _), n in both.items()) / max(len(truth), 1)
    recall = sum(n * n / possible[name] for (_, name), n in both.items()) / max(len(truth), 1)
    result["b3_precision"], result["b3_recall"] = precision, recall
    result["b3_f1"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    result["clusters"] = len(made)
    result["largest"] = max(made.values(), default=0)
    return result


class MergeTally:
    """Clusters being merged, with the number of their true and made pairs kept up to date at every merge."""

    def __init__(self, truth):
        self.counts = [{name: 1} for name in truth]
        self.size = [1] * len(truth)
        self.true = self.made = 0

    def merge(self, keep, drop):
        self.made += self.size[keep] * self.size[drop]
        self.size[keep] += self.size[drop]
        large, small = self.counts[keep], self.counts[drop]
        if len(large) < len(small):
            large, small = small, large
        for name, n in small.items():
            self.true += n * large.get(name, 0)
            large[name] = large.get(name, 0) + n
        self.counts[keep], self.counts[drop] = large, None


def best_components(pairs, truth):
    """Connected components at the best of all thresholds: what `cluster pairs at threshold` of the peers does."""
    possible = pair_count(sizes(truth).values())
    parent = list(range(len(truth)))
    tally = MergeTally(truth)
    best, best_score = measure(0, 0, possible), None

    def root(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for index, (a, b, score, _) in enumerate(pairs):
        a, b = root(a), root(b)
        if a != b:
            if tally.size[a] < tally.size[b]:
                a, b = b, a
            parent[b] = a
            tally.merge(a, b)
        if index + 1 == len(pairs) or pairs[index + 1][2] != score:
            result = measure(tally.true, tally.made, possible)
            if result["f1"] > best["f1"]:
                best, best_score = result, score
    return best, best_score


def judge(records, folder, truth_column="cluster", clusters_only=False):
    """Everything about one result folder, as a dictionary; of many records, perhaps of the clusters only."""
    truth = read_truth(records, truth_column)
    if clusters_only:
        labels = read_clusters(os.path.join(folder, "clusters.csv"), len(truth))
        return {"records": len(truth), "clusters": judge_clusters(labels, truth)}
    pairs = read_pairs(os.path.join(folder, "pairs.csv"))
    threshold = read_threshold(folder)
    report = {"records": len(truth), "pairs": judge_pairs(pairs, truth, threshold), "threshold": threshold}
    path = os.path.join(folder, "clusters.csv")
    if os.path.exists(path):
        report["clusters"] = judge_clusters(read_clusters(path, len(truth)), truth)
    components, at = best_components(pairs, truth)
    report["components"] = {"best": components, "best_at": at}
    return report


if __name__ == "__main__":
    column = sys.argv[sys.argv.index("--truth") + 1] if "--truth" in sys.argv else "cluster"
    print(json.dumps(judge(sys.argv[1], sys.argv[2], column, "--clusters-only" in sys.argv), indent=1))
