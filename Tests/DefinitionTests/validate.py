"""Validates YAML files against JSON Schemas: arguments in pairs, SCHEMA FILE; a line each: ok, or the first error's path."""

import json
import sys

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `no` is a text, a day is a text."""


CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] in ("int", "float", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for word in ("true", "false"):
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(f"^{word}$"), [word[0]])


def texts(value):
    """JSON has texts for keys only; `null` is one of ours."""
    if isinstance(value, dict):
        return {"null" if key is None else str(key): texts(inner) for key, inner in value.items()}
    return [texts(inner) for inner in value] if isinstance(value, list) else value


for schema_path, path in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    with open(path, encoding="utf-8") as file:
        document = texts(yaml.load(file, CoreLoader))
    error = next(iter(jsonschema.Draft202012Validator(schema).iter_errors(document)), None)
    print("ok" if error is None else "/".join(str(step) for step in error.absolute_path) or "/")
