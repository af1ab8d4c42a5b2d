#!/usr/bin/env bash
# Prints the table of linkage quality anew: ours at its own threshold on each data set with truth and, if asked, its peers.
#   scripts/linkage-quality.sh [DATA_FOLDER] [--peers] [--only NAME,...] [--keep FOLDER]
#   scripts/linkage-quality.sh --self-test          checks the evaluation itself, on cases counted by hand
# DATA_FOLDER (default ../shared/data/linkage) holds a folder a data set with records.csv (truth `cluster`, id `rec_id`).
# GUIYI names a program that is built already; PEERS a Python that has Benchmarks/linkage/requirements.txt.
set -euo pipefail
here=$(pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bench="$root/Benchmarks/linkage"
data="" peers="" rest=()
while (($#)); do
  case $1 in
    --self-test) exec python3 -m unittest discover -s "$bench" -p 'test_*.py' ;;
    --peers) peers=yes ;;
    --only | --keep) rest+=("$1" "${2:?$1 needs a value}"); shift ;;
    -*) printf 'linkage-quality: unknown option %s; there are --peers, --only, --keep and --self-test\n' "$1" >&2; exit 64 ;;
    *) data=$1 ;;
  esac
  shift
done
data=${data:-$root/../shared/data/linkage}
[[ $data == /* ]] || data="$here/$data"
if [[ ! -d $data ]]; then
  printf 'linkage-quality: no folder %s; name one whose subfolders hold records.csv\n' "$data" >&2
  exit 66
fi

if [[ -z ${GUIYI:-} ]]; then
  (cd "$root" && swift build -c release --product guiyi >&2)
  GUIYI="$(cd "$root" && swift build -c release --show-bin-path)/guiyi"
fi
if [[ $peers ]]; then
  if [[ -z ${PEERS:-} ]]; then
    PEERS="$root/.build/linkage-peers/bin/python"
    if ! "$PEERS" -c 'import splink, recordlinkage' 2>/dev/null; then
      python3 -m venv "$root/.build/linkage-peers" >&2
      "$PEERS" -m pip install --quiet -r "$bench/requirements.txt" >&2
    fi
  fi
  rest+=(--peers "$PEERS")
fi
exec python3 "$bench/table.py" "$data" --guiyi "$GUIYI" "${rest[@]}"
