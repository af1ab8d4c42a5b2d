#!/usr/bin/env bash
# Measures a whole night at a given size, ours and the DuckDB peer's, on the same generated extracts in one go.
#   Benchmarks/night.sh [CUSTOMERS] [FOLDER]      default: 1000000, a temporary folder
# Prints CPU seconds (user + system) and peak memory, ours per stage.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
customers=${1:-1000000}
folder=${2:-$(mktemp -d)}
date=2026-11-20
mkdir -p "$folder"

swift build -c release --product guiyi >&2
guiyi="$(swift build -c release --show-bin-path)/guiyi"

if [[ ! -e "$folder/extracts/truth.csv" ]]; then
  printf '== generate %s customers\n' "$customers"
  /usr/bin/env time -f 'generate: %U + %S CPU s, %e s wall, %M KiB peak' \
    "$guiyi" generate --customers "$customers" --seed 1 --date "$date" --nights 1 --out "$folder/extracts"
fi
du -sm "$folder/extracts/20261120" | awk '{print "extracts: " $1 " MiB"}'

printf '\n== guiyi\n'
rm -rf "$folder/home"
/usr/bin/env time -f 'guiyi in all: %U + %S CPU s, %e s wall, %M KiB peak' \
  "$guiyi" run --pipeline pipelines/retail-nightly --date "$date" --home "$folder/home" --extracts "$folder/extracts"
"$guiyi" runs --timings --home "$folder/home"

python="$PWD/.build-python/bin/python"
if [[ -x "$python" ]]; then
  printf '\n== Python and DuckDB, exact matching only\n'
  rm -rf "$folder/peer"
  "$python" Benchmarks/peer_duckdb.py "$folder/extracts" "$date" "$folder/peer" 2
else
  printf '\nThe peer needs duckdb: run scripts/test.sh once, which installs it.\n'
fi
