"""The other side of InterchangeTests: reads and writes Arrow files with pyarrow, and queries them with DuckDB.

Usage: interchange.py read FILE | duckdb FILE | write FILE | write-foreign KIND FILE
"""

import json
import sys

import pyarrow as pa
import pyarrow.ipc as ipc


def open_table(path):
    with pa.memory_map(path) as source:
        return ipc.open_file(source).read_all()


def as_text(value):
    """A value as our own `Column.text` gives it; money columns come as numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def read(path):
    table = open_table(path)
    table.validate(full=True)
    metadata = table.schema.metadata or {}
    print(json.dumps({k.decode(): v.decode() for k, v in metadata.items()}, sort_keys=True))
    for field in table.schema:
        pairs = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
        nullable = "null" if field.nullable else "never null"
        print(field.name, field.type, nullable, json.dumps(pairs, sort_keys=True, ensure_ascii=False))
    for row in table.to_pylist():
        print(json.dumps([as_text(value) for value in row.values()], ensure_ascii=False))


def duckdb_query(path):
    import duckdb

    connection = duckdb.connect()
    connection.register("t", open_table(path))
    query = (
        "SELECT code, count(*), sum(money), min(date), max(timestamp), sum(length(utf8)), count(utf8_optional), "
        "sum(CAST(boolean AS INTEGER)) FROM t GROUP BY code ORDER BY code"
    )
    for row in connection.execute(query).fetchall():
        print(json.dumps([as_text(value) for value in row], ensure_ascii=False))


def write(path):
    schema = pa.schema(
        [
            pa.field("flag", pa.bool_()),
            pa.field("tiny", pa.int8()),
            pa.field("short", pa.int16()),
            pa.field("int", pa.int32()),
            pa.field("long", pa.int64(), nullable=False),
            pa.field("day", pa.date32()),
            pa.field("at", pa.timestamp("s")),
            pa.field("text", pa.utf8()),
            pa.field("code", pa.dictionary(pa.int32(), pa.utf8())),
            pa.field("amount", pa.int64(), metadata={"unit": "minor"}),
        ],
        metadata={"table": "foreign", "made_by": "pyarrow"},
    )
    dictionary = pa.array(["甲", "乙", "丙"])
    with ipc.new_file(path, schema) as writer:
        for start, count in [(0, 5), (5, 0), (5, 70), (75, 1)]:
            rows = range(start, start + count)
            optional = lambda row, value: None if row % 4 == 1 else value
            indices = pa.array([optional(r, r % 3) for r in rows], pa.int32())
            columns = [
                pa.array([optional(r, r % 2 == 0) for r in rows], pa.bool_()),
                pa.array([optional(r, r - 40) for r in rows], pa.int8()),
                pa.array([optional(r, -r * 100) for r in rows], pa.int16()),
                pa.array([optional(r, r * 1000000) for r in rows], pa.int32()),
                pa.array([r * 10**15 for r in rows], pa.int64()),
                pa.array([optional(r, 20777 + r) for r in rows], pa.int32()).cast(pa.date32()),
                pa.array([optional(r, 86400 * 20777 + r) for r in rows], pa.int64()).cast(pa.timestamp("s")),
                pa.array([optional(r, "行" * (r % 3) + str(r)) for r in rows], pa.utf8()),
                pa.DictionaryArray.from_arrays(indices, dictionary),
                pa.array([optional(r, r * 101) for r in rows], pa.int64()),
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def write_foreign(kind, path):
    options = ipc.IpcWriteOptions()
    column = pa.array([1, 2, 3], pa.int64())
    if kind == "compressed":
        options = ipc.IpcWriteOptions(compression="zstd")
        column = pa.array(["a" * 100] * 100)
    elif kind == "float":
        column = pa.array([1.5])
    elif kind == "unsigned":
        column = pa.array([1], pa.uint32())
    elif kind == "small-dictionary":
        column = pa.array(["a"]).dictionary_encode().cast(pa.dictionary(pa.int8(), pa.utf8()))
    elif kind == "zoned":
        column = pa.array([1], pa.timestamp("s", tz="Asia/Shanghai"))
    elif kind == "milliseconds":
        column = pa.array([1], pa.timestamp("ms"))
    elif kind == "list":
        column = pa.array([[1]])
    elif kind == "null-in-dictionary":
        column = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["a", None]))
    elif kind == "sliced":
        column = pa.array(["aa", "bb", None, "dd", "ee"]).slice(1, 3)
    elif kind == "deltas":
        options = ipc.IpcWriteOptions(emit_dictionary_deltas=True)
        schema = pa.schema([pa.field("x", pa.dictionary(pa.int32(), pa.utf8()))])
        with ipc.new_file(path, schema, options=options) as writer:
            for values in (["a"], ["a", "b"], ["a", "b", "c"]):
                indices = pa.array([len(values) - 1], pa.int32())
                array = pa.DictionaryArray.from_arrays(indices, pa.array(values))
                writer.write_batch(pa.record_batch([array], schema=schema))
        return
    table = pa.table({"x": column})
    with ipc.new_file(path, table.schema, options=options) as writer:
        writer.write_table(table)


if __name__ == "__main__":
    commands = {"read": read, "duckdb": duckdb_query, "write": write, "write-foreign": write_foreign}
    commands[sys.argv[1]](*sys.argv[2:])
