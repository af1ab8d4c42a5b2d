"""Splink on one file, tuned as its own documentation shows for that kind of data (the tutorial for fake_1000, the examples
"deduplicate 50k synthetic", "febrl3" and "febrl4"); for other data a sensible model in the same style.

    python Benchmarks/linkage/peer_splink.py RECORDS.csv OUT_FOLDER [--as NAME] [--threads N]

Writes pairs.csv (row_a,row_b,weight,probability; rows from 1) and clusters.csv (connected components at Splink's documented 0.95).
NAME chooses the settings, by default the name of the folder that RECORDS.csv lies in.
"""

import argparse
import json
import logging
import os

import duckdb
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)


def fake_1000():
    return {
        "comparisons": [
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        "block": [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")],
        "deterministic": [block_on("first_name", "dob"), block_on("surname", "dob"), block_on("email")],
        "train": [block_on("first_name", "surname"), block_on("dob")],
    }


def febrl3():
    return {
        "comparisons": [
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        "block": [
            block_on("soc_sec_id"), block_on("given_name"), block_on("surname"), block_on("date_of_birth"), block_on("postcode"),
        ],
        "deterministic": [
            block_on("soc_sec_id"),
            block_on("given_name", "surname", "date_of_birth"),
            "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
        ],
        "train": [block_on("date_of_birth"), block_on("postcode")],
    }


def febrl4():
    return febrl3() | {"link_type": "link_only"}


def historical_50k():
    return {
        "derive": "case when first_name <> '' and surname <> '' then first_name || ' ' || surname end as first_name_surname_concat",
        "comparisons": [
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        "block": [
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake,1,3)", "dob"),
            block_on("substr(postcode_fake,1,3)", "first_name"),
            block_on("substr(postcode_fake,1,3)", "surname"),
            block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
        "deterministic": [
            "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
            "substr(l.first_name,1,2) = substr(r.first_name,1,2) and l.surname = r.surname and l.postcode_fake = r.postcode_fake",
        ],
        "recall": 0.6,
        "train": [block_on("first_name", "surname"), block_on("dob")],
    }


def rldata500():
    return {
        "comparisons": [
            cl.NameComparison("fname_c1"), cl.NameComparison("lname_c1"),
            cl.ExactMatch("fname_c2"), cl.ExactMatch("lname_c2"),
            cl.LevenshteinAtThresholds("by", 1), cl.LevenshteinAtThresholds("bm", 1), cl.LevenshteinAtThresholds("bd", 1),
        ],
        "block": [block_on("fname_c1"), block_on("lname_c1"), block_on("by", "bm"), block_on("by", "bd"), block_on("bm", "bd")],
        "deterministic": [block_on("fname_c1", "lname_c1", "by"), block_on("fname_c1", "by", "bm", "bd")],
        "train": [block_on("fname_c1"), block_on("by", "bm")],
    }


def hk_synthetic_1000():
    return {
        "link_type": "dedupe_only",
        "comparisons": [
            cl.JaroWinklerAtThresholds("name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("district").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("phone", [1, 2]),
        ],
        "block": [block_on("phone"), block_on("name"), block_on("substr(name,1,3)", "district"), block_on("substr(phone,1,6)")],
        "deterministic": [block_on("phone")],
        "train": [block_on("phone"), block_on("name")],
    }


def people():
    return {
        "comparisons": [
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.LevenshteinAtThresholds("phone", 1).configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),  # street and city say the same once more
        ],
        "block": [
            block_on("phone"), block_on("email"), block_on("surname", "dob"), block_on("first_name", "dob"),
            block_on("surname", "postcode"), block_on("first_name", "surname", "city"),
        ],
        "deterministic": [block_on("first_name", "surname", "dob"), block_on("first_name", "email"), block_on("phone", "dob", "sex")],
        "train": [block_on("first_name", "surname"), block_on("first_name", "dob"), block_on("surname", "dob")],
    }


MODELS = {model.__name__: model for model in (fake_1000, febrl3, febrl4, historical_50k, rldata500, hk_synthetic_1000, people)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("records")
    parser.add_argument("out")
    parser.add_argument("--as", dest="name")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    name = arguments.name or os.path.basename(os.path.dirname(os.path.abspath(arguments.records)))
    if name not in MODELS:
        raise SystemExit(f"peer_splink: no settings for {name}; there are {', '.join(MODELS)}")
    model = MODELS[name]()
    os.makedirs(arguments.out, exist_ok=True)

    connection = duckdb.connect()
    connection.execute(f"SET threads={arguments.threads}")
    connection.execute("SET preserve_insertion_order=false")
    header = open(arguments.records, encoding="utf-8-sig").readline().strip().split(",")
    kept = [column for column in header if column not in ("cluster", "rec_id", "source_dataset")]
    columns = ", ".join(f'nullif("{column}", \'\') as "{column}"' for column in kept)
    rows = pd.read_csv(arguments.records, dtype=str, keep_default_na=False)
    rows["unique_id"] = range(1, len(rows) + 1)
    connection.register("rows", rows)
    derived = f", {model['derive']}" if "derive" in model else ""
    api = DuckDBAPI(connection)
    link_type = model.get("link_type", "dedupe_only")
    tables = []
    sources = sorted(rows["source_dataset"].unique()) if link_type == "link_only" else [None]
    for index, source in enumerate(sources):
        where = f"where source_dataset = '{source}'" if source is not None else ""
        connection.execute(f"create table input_{index} as select unique_id, {columns}{derived} from rows {where}")
        tables.append(api.register(f"input_{index}"))
    connection.unregister("rows")
    del rows

    settings = SettingsCreator(
        link_type=link_type,
        comparisons=model["comparisons"],
        blocking_rules_to_generate_predictions=model["block"],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(model["deterministic"], recall=model.get("recall", 0.7))
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in model["train"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predictions = linker.inference.predict(threshold_match_weight=-10)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_probability=0.95)
    connection.execute(
        f"copy (select unique_id_l as row_a, unique_id_r as row_b, match_weight as weight, match_probability as probability "
        f"from {predictions.physical_name}) to '{arguments.out}/pairs.csv' (header)")
    connection.execute(
        f"copy (select unique_id as row, cluster_id as cluster from {clusters.physical_name}) "
        f"to '{arguments.out}/clusters.csv' (header)")
    with open(f"{arguments.out}/model.json", "w", encoding="utf-8") as file:
        json.dump({"threshold": {"probability": 0.95}}, file)


main()
