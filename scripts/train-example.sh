#!/usr/bin/env bash
# Learns the model of the worked example anew, from a generated bank, for its matching.yaml as it stands.
#   scripts/train-example.sh [GUIYI]      default: the release build of this folder
# Writes pipelines/retail-nightly/model.json. The same program gives the same bytes. Run it after a change of matching.yaml or
# of what the engine compares (guiyi check says when the two no longer fit), look at what changed, and commit both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

guiyi=${1:-}
if [[ -z "$guiyi" ]]; then
  swift build -c release --product guiyi >&2
  guiyi="$(swift build -c release --show-bin-path)/guiyi"
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The model that stands there may not fit any more, so the pipeline learns without it: its matching alone says what to learn.
cp -r pipelines/retail-nightly "$folder/pipeline"
sed -i '/^linkage:/,$d' "$folder/pipeline/resolve.yaml"
date=2026-11-20
"$guiyi" generate --customers 100000 --seed 1 --date $date --nights 1 --out "$folder/bank" >&2
"$guiyi" run --pipeline "$folder/pipeline" --date $date --home "$folder/home" --extracts "$folder/bank" --select ingest >&2
"$guiyi" train --pipeline "$folder/pipeline" --date $date --home "$folder/home" \
  --matching pipelines/retail-nightly/matching.yaml --out "$folder/out" >&2
cp "$folder/out/model.json" pipelines/retail-nightly/model.json
