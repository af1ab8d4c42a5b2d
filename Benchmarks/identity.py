"""How well records were resolved to customers, night by night, against the generator's truth.

    python Benchmarks/identity.py HOME EXTRACTS_FOLDER

For every night published in HOME: customers of two people (mixed), people who are more than one customer (split), and
records whose customer id changed since the night before. Needs pyarrow, which scripts/test.sh installs.
"""

import collections
import csv
import os
import sys

import pyarrow.ipc

home, extracts = sys.argv[1:3]
truth = {}
with open(f"{extracts}/truth.csv") as file:
    for row in csv.DictReader(file):
        truth[row["night"], row["source"], row["key"]] = row["person"]

print("night        records customers  people  mixed   split  changed ids")
before = {}
for night in sorted(os.listdir(f"{home}/runs")):
    table = pyarrow.ipc.open_file(f"{home}/runs/{night}/published/resolve/membership.arrow").read_all()
    records = list(zip(*(table[name].to_pylist() for name in ["source", "key", "customer_id"])))
    people, customers = collections.defaultdict(set), collections.defaultdict(set)
    for source, key, customer in records:
        person = truth.get((night.replace("-", ""), source, key))
        people[customer].add(person)
        customers[person].add(customer)
    mixed = sum(len(found) > 1 for found in people.values())
    split = sum(len(found) > 1 for found in customers.values())
    changed = sum(before.get((source, key), customer) != customer for source, key, customer in records)
    print(f"{night}{len(records):>10}{len(people):>10}{len(customers):>8}{mixed:>7}{split:>8}{changed:>13}")
    before = {(source, key): customer for source, key, customer in records}
