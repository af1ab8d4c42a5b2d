#!/usr/bin/env bash
# Measures a whole night at a given size, ours and the DuckDB peer's, on the same generated extracts in one go.
#   Benchmarks/night.sh [CUSTOMERS] [FOLDER]      default: 1000000, a temporary folder
# Prints CPU seconds (user + system) and peak memory, also per stage.
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

printf '\n== guiyi, a whole night\n'
rm -rf "$folder/home" "$folder/stages"
run() { # HOME STAGES
  /usr/bin/env time -f '%U %S %e %M' -o "$folder/time" "$guiyi" run --pipeline pipelines/retail-nightly --date "$date" \
    --home "$1" --extracts "$folder/extracts" ${2:+--select "$2"} >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
}
run "$folder/home" ""
awk '{printf "in all: %.2f CPU s (%.2f user, %.2f system), %.2f s wall, %.0f MiB peak\n", $1 + $2, $1, $2, $3, $4 / 1024}' "$folder/time"

# CPU seconds of each stage in that night, by its journal; peak memory of each in a process of its own, which also
# reads and checks what it builds on.
journal="$folder/home/runs/$date/001/events.jsonl"
printf '\nstage       CPU s   peak MiB\n'
for stage in ingest resolve merge tag broadcast; do
  run "$folder/stages" "$stage"
  cpu=$(sed -n "s/.*\"stage_end\",.*\"stage\":\"$stage\".*\"cpu_milliseconds\":\([0-9]*\).*/\1/p" "$journal")
  awk -v stage=$stage -v cpu="$cpu" '{printf "%-10s%7.2f%11.0f\n", stage, cpu / 1000, $4 / 1024}' "$folder/time"
done

python="$PWD/.build-python/bin/python"
if [[ -x "$python" ]]; then
  printf '\n== Python and DuckDB, exact matching only\n'
  rm -rf "$folder/peer"
  "$python" Benchmarks/peer_duckdb.py "$folder/extracts" "$date" "$folder/peer" 2
else
  printf '\nThe peer needs duckdb: run scripts/test.sh once, which installs it.\n'
fi
