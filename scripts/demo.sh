#!/usr/bin/env bash
# Installs what is missing, builds guiyi, runs both nights of the worked example, and shows where the results are.
#   scripts/demo.sh [HOME_FOLDER]     default: guiyi-home in the checkout
set -euo pipefail
here=$(pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case "${1:-}" in
  "") home="$PWD/guiyi-home" ;;
  /*) home=$1 ;;
  *) home="$here/$1" ;;
esac

./scripts/bootstrap.sh
printf 'demo: building the release binary (a first build takes a few minutes)\n' >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build -c release --product guiyi >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
guiyi="$(swift build -c release --show-bin-path)/guiyi"

for date in 2026-11-20 2026-11-21; do
  printf '\n== Night of %s\n' "$date" >&2
  "$guiyi" run --pipeline pipelines/retail-nightly --date "$date" --home "$home"
done

run=$(readlink -f "$home/published")
list="$run/broadcast/lists/wealth_maturing.todo.csv"
cat <<END

Lists       $run/broadcast/lists
Report      $run/report.html
Decisions   $run/broadcast/decisions.sqlite   (sqlite3 FILE 'SELECT reason, count(*) FROM decision GROUP BY 1')

The first lines of $(basename "$list"):
$(head -n 4 "$list")
END
