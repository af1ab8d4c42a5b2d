"""What readers keep of a CSV extract of which a few lines are damaged.

    python Benchmarks/damaged.py PATH_TO_GUIYI [LINES]

Writes 947,857 lines (or LINES) as a customer extract, quoted and not, of which 189 in 947,857 are damaged: quotes opened and never closed, lines
cut off, separators too many, bytes that are no UTF-8. Reads them with guiyi and with the readers that are installed, each told to
pass over bad lines where it can be, and prints how many of the sound rows each kept and whether it said that something was wrong.
"""

import csv
import os
import subprocess
import sys
import tempfile

guiyi = os.path.abspath(sys.argv[1])
lines = int(sys.argv[2]) if len(sys.argv) > 2 else 947_857
work = tempfile.mkdtemp()
extract = f"{work}/pipeline/samples/20261120/customers_20261120.csv"


def record(number):
    """A customer as a bank writes one: a name in quotes in every third line, and a comma inside in every ninth."""
    name = f'"Li, Na {number}"' if number % 9 == 0 else f'"Li Na {number}"' if number % 3 == 0 else f"Li Na {number}"
    return [f"C{number:08}", name, "1980-02-01", "01", "", f"139{number:08}", "B001", "A", "2026-11-01"]


def write():
    """Each damaged line stands alone; the rest are sound."""
    damaged = max(4, round(lines * 189 / 947_857))
    every = lines // damaged
    sound = 0
    with open(extract, "wb") as sink:
        sink.write(b"customer_no,name,birth_date,document_type,document_no,mobile,branch,status,updated_on\n")
        for number in range(lines):
            fields = record(number)
            if number % every == every // 2 and number // every < damaged:
                kind = number // every % 4
                if kind == 0:
                    fields[6] = '"B001'
                if kind == 1:
                    fields = fields[:4]
                if kind == 2:
                    fields[6] = "B001,north"
                text = ",".join(fields).encode()
                if kind == 3:
                    text = text.replace(b"B001", b"B\xff01")
                sink.write(text + b"\n")
            else:
                sound += 1
                sink.write(",".join(fields).encode() + b"\n")
    return sound, damaged


def by_guiyi():
    home = f"{work}/home"
    run = subprocess.run(
        [guiyi, "run", "--pipeline", f"{work}/pipeline", "--date", "2026-11-20", "--select", "ingest", "--home", home],
        capture_output=True, text=True)
    if run.returncode != 0:
        return None, run.stderr.strip().splitlines()[-1]
    counted = subprocess.run([guiyi, "quarantine", "ls", "--home", home], capture_output=True, text=True)
    shown = subprocess.run([guiyi, "show", "ingest", "--home", home], capture_output=True, text=True).stdout
    rows = next(int(line.split()[1]) for line in shown.splitlines() if line.startswith("ingest/party/customers"))
    named = sum(int(line.split()[-2]) for line in counted.stdout.splitlines()[1:] if line.startswith("customers"))
    return rows, f"{named} in quarantine, each with its line, byte and reason"


def by_duckdb():
    import duckdb

    query = f"SELECT count(*) FROM read_csv('{extract}', header=true, ignore_errors=true, all_varchar=true)"
    return duckdb.connect().execute(query).fetchone()[0], "nothing said (ignore_errors)"


def by_pyarrow():
    from pyarrow import csv as reader

    skipped = []

    def skip(row):
        skipped.append(row.number)
        return "skip"

    table = reader.read_csv(
        extract, parse_options=reader.ParseOptions(newlines_in_values=False, invalid_row_handler=skip))
    return table.num_rows, f"{len(skipped)} rows skipped"


def by_pandas():
    import pandas

    return len(pandas.read_csv(extract, on_bad_lines="skip", encoding_errors="replace", dtype=str)), "nothing said"


def by_polars():
    import polars

    return polars.read_csv(extract, ignore_errors=True, truncate_ragged_lines=True).height, "nothing said"


def by_python_csv():
    with open(extract, newline="", encoding="utf-8", errors="replace") as source:
        return sum(1 for row in csv.reader(source) if len(row) == 9) - 1, "nothing said"


subprocess.run([guiyi, "init", f"{work}/pipeline"], check=True, capture_output=True)
sound, damaged = write()
print(f"{lines:,} lines, {damaged} damaged, {sound:,} sound\n")
print("| reader | rows | sound rows lost, damaged rows taken | what it said |\n|---|---|---|---|")
readers = [
    ("guiyi", by_guiyi), ("DuckDB, ignore_errors", by_duckdb), ("pyarrow", by_pyarrow), ("pandas", by_pandas), ("Polars", by_polars), ("Python's csv, 9 fields", by_python_csv),
]
for name, read in readers:
    try:
        rows, said = read()
    except ImportError:
        continue
    except Exception as error:  # A reader that stops is a result.
        rows, said = None, f"stopped: {str(error).splitlines()[0][:80]}"
    shown = "none" if rows is None else f"{rows:,}"
    difference = "" if rows is None else f"{rows - sound:+,}"
    print(f"| {name} | {shown} | {difference} | {said} |")
