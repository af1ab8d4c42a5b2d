#!/usr/bin/env bash
# Installs what the tests need and runs every test. Arguments go to `swift test`, as in: scripts/test.sh --filter IngestTests
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

./scripts/bootstrap.sh tests

# The tests hold our Arrow files against pyarrow and DuckDB and definitions against their JSON Schema; what does it
# lives in a virtual environment of the checkout.
venv="$PWD/.build-python"
if ! "$venv/bin/python" -c 'import pyarrow, duckdb, jsonschema, yaml' 2>/dev/null; then
  printf 'test: installing pyarrow, duckdb, jsonschema and pyyaml into %s\n' "$venv" >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check pyarrow duckdb jsonschema pyyaml || {
    printf 'test: pip could not install pyarrow, duckdb, jsonschema and pyyaml. Check the network, then run this again.\n' >&2
    exit 1
  }
fi
export GUIYI_PYTHON="$venv/bin/python"

swift build --build-tests
exec swift test --skip-build --parallel "$@"
