#!/usr/bin/env bash
# Measures `guiyi link` on generated people with 30 % duplicates, families among them, at growing sizes: CPU seconds, wall seconds and
# peak memory of the whole process, with one thread and with two, and F1 of the clusters; Splink on the same file, if asked.
#   Benchmarks/linkage/speed.sh [--splink] [--folder FOLDER] [RECORDS…]      default: 100000 1000000 5000000, a temporary folder
# Splink's clusters are its connected components at .95; the last column has them at the best of all thresholds, chosen by the truth.
# FOLDER keeps the generated files (people_100k.csv, people_1m.csv, …) for the next time. GUIYI names a program that is built already;
# PEERS a Python that has requirements.txt (else the one that scripts/linkage-quality.sh --peers installed). Splink stops at the sizes
# given; at 5,000,000 it wants 5.1 GiB.
set -euo pipefail
here=$(pwd)
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/../.." && pwd)
splink="" folder="" counts=()
while (($#)); do
  case $1 in
    --splink) splink=yes ;;
    --folder) folder=${2:?--folder needs a folder}; shift ;;
    [1-9]*) counts+=("$1") ;;
    *) printf 'speed: unknown argument %s\n' "$1" >&2; exit 64 ;;
  esac
  shift
done
((${#counts[@]})) || counts=(100000 1000000 5000000)
if [[ -z $folder ]]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
[[ $folder == /* ]] || folder="$here/$folder"
mkdir -p "$folder"
if [[ -z ${GUIYI:-} ]]; then
  (cd "$root" && swift build -c release --product guiyi >&2)
  GUIYI="$(cd "$root" && swift build -c release --show-bin-path)/guiyi"
fi
PEERS=${PEERS:-$root/.build/linkage-peers/bin/python}

short() { # 100000 -> 100k, 1000000 -> 1m
  if (($1 % 1000000 == 0)); then printf '%dm' $(($1 / 1000000))
  elif (($1 % 1000 == 0)); then printf '%dk' $(($1 / 1000))
  else printf '%d' "$1"; fi
}
measured() { # RECORDS LABEL RESULT EVALUATE COMMAND…: runs it under time(1) and prints a line of the table
  local count=$1 label=$2 result=$3 evaluate=$4
  shift 4
  rm -rf "$result"
  mkdir -p "$result"
  if ! /usr/bin/env time -f '%U %S %e %M' -o "$folder/time" "$@" >"$folder/log" 2>&1; then
    tail -5 "$folder/log" >&2
    printf '| %s | %s | failed | | | | | | |\n' "$count" "$label"
    return
  fi
  local quality
  quality=$(python3 "$bench/evaluate.py" "$file" "$result" $evaluate | python3 -c '
import json, sys
report = json.load(sys.stdin)
clusters, components = report["clusters"], report.get("components")
best = "%.4f" % components["best"]["f1"] if components else ""
print("%.4f | %.4f | %.4f | %s" % (clusters["f1"], clusters["precision"], clusters["recall"], best))')
  awk -v count="$count" -v label="$label" -v quality="$quality" \
    '{printf "| %s | %s | %.2f | %.2f | %.0f | %s |\n", count, label, $1 + $2, $3, $4 / 1024, quality}' "$folder/time"
}

printf '| records | program | CPU s | wall s | MiB | clusters F1 | precision | recall | best of components |\n| --: | --- | --: | --: | --: | --: | --: | --: | --: |\n'
for count in "${counts[@]}"; do
  file="$folder/people_$(short "$count").csv"
  [[ -s $file ]] || "$GUIYI" generate people --records "$count" --duplicates 0.3 --seed 1 --out "$file" >&2
  for threads in 1 2; do
    measured "$count" "guiyi, threads: $threads" "$folder/guiyi" --clusters-only \
      "$GUIYI" link "$file" --out "$folder/guiyi" --id rec_id --ignore cluster --threads "$threads"
    [[ $threads == 1 ]] && { rm -rf "$folder/guiyi-1"; mv "$folder/guiyi" "$folder/guiyi-1"; }
  done
  for name in clusters.csv pairs.csv matching.yaml model.json; do
    cmp -s "$folder/guiyi-1/$name" "$folder/guiyi/$name" ||
      printf 'speed: %s differs between one thread and two at %s records\n' "$name" "$count" >&2
  done
  if [[ $splink ]]; then
    measured "$count" "Splink, threads: 2" "$folder/splink" "" \
      "$PEERS" "$bench/peer_splink.py" "$file" "$folder/splink" --as people --threads 2
  fi
  rm -rf "$folder/guiyi" "$folder/guiyi-1" "$folder/splink"
done
