"""The Python Record Linkage Toolkit on one file: blocking, string comparisons at thresholds and the unsupervised ECM classifier,
as in its documentation ("Data deduplication" on febrl, "Classification algorithms").

    python Benchmarks/linkage/peer_recordlinkage.py RECORDS.csv OUT_FOLDER [--as NAME]

Writes pairs.csv (row_a,row_b,probability; rows from 1) and clusters.csv (connected components of the pairs that ECM calls a match).
"""

import argparse
import json
import os

import pandas as pd
import recordlinkage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

# Of each kind of data: the blocks (columns that agree together), then columns compared: "s" by Jaro-Winkler at 0.85, "e" exactly.
MODELS = {
    "fake_1000": ([["first_name"], ["surname"], ["dob"], ["email"]],
                  {"first_name": "s", "surname": "s", "dob": "s", "city": "s", "email": "s"}),
    "febrl3": ([["given_name"], ["surname"], ["date_of_birth"], ["soc_sec_id"], ["postcode"]],
               {"given_name": "s", "surname": "s", "date_of_birth": "e", "suburb": "s", "state": "e", "address_1": "s", "soc_sec_id": "e"}),
    "historical_50k": ([["postcode_fake"], ["first_name", "surname"], ["surname", "birth_place"], ["first_name", "birth_place"],
                        ["surname", "dob"], ["first_name", "dob"], ["birth_place", "dob"]],
                       {"first_name": "s", "surname": "s", "dob": "s", "birth_place": "s", "postcode_fake": "s", "occupation": "e"}),
    "rldata500": ([["fname_c1"], ["lname_c1"], ["by", "bm"], ["by", "bd"], ["bm", "bd"]],
                  {"fname_c1": "s", "lname_c1": "s", "by": "e", "bm": "e", "bd": "e"}),
    "hk_synthetic_1000": ([["phone"], ["name"]], {"name": "s", "district": "e", "phone": "e"}),
}
MODELS["febrl4"] = MODELS["febrl3"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("records")
    parser.add_argument("out")
    parser.add_argument("--as", dest="name")
    arguments = parser.parse_args()
    name = arguments.name or os.path.basename(os.path.dirname(os.path.abspath(arguments.records)))
    if name not in MODELS:
        raise SystemExit(f"peer_recordlinkage: no settings for {name}; there are {', '.join(MODELS)}")
    blocks, compared = MODELS[name]
    os.makedirs(arguments.out, exist_ok=True)
    rows = pd.read_csv(arguments.records, dtype=str)
    rows.index = range(1, len(rows) + 1)
    used = list(dict.fromkeys([*compared, *(column for block in blocks for column in block)]))
    two_sources = name == "febrl4"
    parts = [part[used] for _, part in rows.groupby("source_dataset")] if two_sources else [rows[used]]

    indexer = recordlinkage.Index()
    for block in blocks:
        indexer.block(block)
    candidates = indexer.index(*parts)
    compare = recordlinkage.Compare()
    for column, kind in compared.items():
        if kind == "s":
            compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
        else:
            compare.exact(column, column, label=column)
    features = compare.compute(candidates, *parts)
    classifier = recordlinkage.ECMClassifier(binarize=0.5)
    matches = classifier.fit_predict(features)
    # Where a field tells nothing, ECM divides zero by zero; its decision stands then.
    probability = classifier.prob(features)
    probability = probability.fillna(pd.Series(candidates.isin(matches).astype(float), index=probability.index))

    pairs = pd.DataFrame({
        "row_a": candidates.get_level_values(0), "row_b": candidates.get_level_values(1), "probability": probability.to_numpy()})
    pairs[pairs.probability >= 1e-3].to_csv(f"{arguments.out}/pairs.csv", index=False)
    left, right = matches.get_level_values(0).to_numpy() - 1, matches.get_level_values(1).to_numpy() - 1
    graph = coo_matrix(([True] * len(left), (left, right)), (len(rows), len(rows)))
    _, labels = connected_components(graph, directed=False)
    pd.DataFrame({"row": rows.index, "cluster": labels}).to_csv(f"{arguments.out}/clusters.csv", index=False)
    with open(f"{arguments.out}/model.json", "w", encoding="utf-8") as file:
        json.dump({"threshold": {"probability": 0.5}}, file)


main()
