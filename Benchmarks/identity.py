"""How well records were resolved to customers, night by night, against the generator's truth.

    python Benchmarks/identity.py HOME EXTRACTS_FOLDER [--why]

For every night published in HOME: customers of two people (mixed), people who are more than one customer (split), records
whose customer id changed since the night before, precision and recall of pairs of records, and pairs for a steward.
--why tells, of the last night, what the records that a split person has outside of the greatest of its customers have
in common with that customer besides the name. Needs pyarrow, which scripts/test.sh installs.
"""

import collections
import csv
import os
import sys

import pyarrow.ipc

home, extracts = [argument for argument in sys.argv[1:] if argument != "--why"]
EVIDENCE = ["document_number", "mobile", "birth_date", "email", "address"]


def table(night, path, columns):
    found = pyarrow.ipc.open_file(f"{home}/runs/{night}/published/{path}").read_all()
    return list(zip(*(found[name].to_pylist() for name in columns)))


def pairs(counts):
    return sum(count * (count - 1) // 2 for count in counts)


def why(night, records, truth):
    """Counts what a split person's lone records have in common with the greatest of its customers."""
    values = {}
    folder = f"{home}/runs/{night}/published/ingest/party"
    for part in sorted(os.listdir(folder)):
        for source, key, *row in table(night, f"ingest/party/{part}", ["source", "key", "name"] + EVIDENCE):
            values[source, key] = row
    people = collections.defaultdict(lambda: collections.defaultdict(list))
    for source, key, customer in records:
        people[truth[night.replace("-", ""), source, key]][customer].append((source, key))
    found = collections.Counter()
    for customers in people.values():
        if len(customers) == 1:
            continue
        greatest, *others = sorted(customers.values(), key=len, reverse=True)
        for record in sum(others, []):
            common = [
                name for index, name in enumerate(EVIDENCE, 1)
                if values[record][index] and any(values[one][index] == values[record][index] for one in greatest)
            ]
            same = any(values[one][0] == values[record][0] for one in greatest)
            found[record[0], "same name" if same else "other name", ", ".join(common) or "nothing"] += 1
    print("\nrecords that a split person has outside of the greatest of its customers, and what they share with it:")
    for (source, name, common), count in found.most_common(25):
        print(f"{count:>7}  {source}: {name}, {common}")


truth = {}
with open(f"{extracts}/truth.csv") as file:
    for row in csv.DictReader(file):
        truth[row["night"], row["source"], row["key"]] = row["person"]

print("night        records customers  people  mixed   split  split %  changed ids  precision   recall  review")
before = {}
for night in sorted(os.listdir(f"{home}/runs")):
    records = table(night, "resolve/membership.arrow", ["source", "key", "customer_id"])
    people, customers = collections.defaultdict(collections.Counter), collections.defaultdict(set)
    sizes = collections.Counter()
    for source, key, customer in records:
        person = truth.get((night.replace("-", ""), source, key))
        people[customer][person] += 1
        customers[person].add(customer)
        sizes[person] += 1
    mixed = sum(len(found) > 1 for found in people.values())
    split = sum(len(found) > 1 for found in customers.values())
    changed = sum(before.get((source, key), customer) != customer for source, key, customer in records)
    right = pairs(count for found in people.values() for count in found.values())
    joined = pairs(sum(found.values()) for found in people.values())
    true = pairs(sizes.values())
    review = len(table(night, "resolve/review.arrow", ["left"]))
    print(
        f"{night}{len(records):>10}{len(people):>10}{len(customers):>8}{mixed:>7}{split:>8}"
        f"{100 * split / len(customers):>9.2f}{changed:>13}{right / joined:>11.6f}{right / true:>9.5f}{review:>8}")
    before = {(source, key): customer for source, key, customer in records}
if "--why" in sys.argv:
    why(night, records, truth)
