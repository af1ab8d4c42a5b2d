#!/usr/bin/env bash
# Kills runs at random moments and checks that `guiyi retry` gives the bytes of a run that nobody disturbed.
#   scripts/kill-test.sh [KILLS] [CUSTOMERS] [SEED]      default: 50 kills, 20000 customers, seed 1
# Each time: a fresh home that holds the night before, a run killed by SIGKILL after a random delay, a look at what is
# published, then retry and a comparison of every file. Compared is all but events.jsonl, which holds clock times.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kills=${1:-50}
customers=${2:-20000}
seed=${3:-1}
pipeline=pipelines/retail-nightly
first=2026-11-20
second=2026-11-21

swift build -c release --product guiyi >&2
guiyi="$(swift build -c release --show-bin-path)/guiyi"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stop() { printf 'kill-test: %s\n' "$*" >&2; exit 1; }

"$guiyi" generate --customers "$customers" --seed "$seed" --date $first --nights 2 --out "$work/extracts" >&2
run() { # HOME DATE
  "$guiyi" run --pipeline $pipeline --extracts "$work/extracts" --home "$1" --date "$2" >"$work/out" 2>"$work/log"
}

# One undisturbed run of both nights; the second is the one that is killed below.
run "$work/whole" $first || { cat "$work/log" >&2; stop "the first night failed"; }
cp -a "$work/whole" "$work/start"
milliseconds=0
for home in whole again; do
  [[ -d "$work/$home" ]] || cp -a "$work/start" "$work/$home"
  begin=$(date +%s%N)
  run "$work/$home" $second || { cat "$work/log" >&2; stop "the second night failed"; }
  took=$((($(date +%s%N) - begin) / 1000000))
  # The shorter of two, so that few kills come after the end.
  if [[ $milliseconds -eq 0 || $took -lt $milliseconds ]]; then milliseconds=$took; fi
done
printf 'seed %s, %s customers, an undisturbed run takes %s ms\n' "$seed" "$customers" "$milliseconds"

# What consumers read must be whole: the night before, or this night with the right bytes.
check_published() { # HOME
  local target
  target=$(readlink "$1/published") || stop "nothing is published any more"
  case "$target" in
    runs/$first/001) diff -r "$work/start/$target" "$1/$target" >"$work/diff" || return 1 ;;
    runs/$second/*) same "$1/$target" || return 1 ;;
    *) return 1 ;;
  esac
}

same() { # FOLDER
  diff -r --exclude=events.jsonl "$work/whole/runs/$second/001" "$1" >"$work/diff"
}

RANDOM=$seed
identical=0
interrupted=0
for kill in $(seq 1 "$kills"); do
  home="$work/home"
  rm -rf "$home"
  cp -a "$work/start" "$home"
  delay=$(((RANDOM * 32768 + RANDOM) % (milliseconds + 1)))
  "$guiyi" run --pipeline $pipeline --extracts "$work/extracts" --home "$home" --date $second >/dev/null 2>&1 &
  process=$!
  sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
  kill -9 $process 2>/dev/null || true
  wait $process 2>/dev/null || true
  state=$("$guiyi" runs --home "$home" | awk -v night="$second/" 'index($1, night) == 1 { print $2 }')
  [[ "$state" == interrupted ]] && interrupted=$((interrupted + 1))
  check_published "$home" || { cat "$work/diff" >&2; stop "kill $kill after $delay ms: half a run is published"; }
  "$guiyi" retry --pipeline $pipeline --extracts "$work/extracts" --date $second --home "$home" \
    >"$work/out" 2>"$work/log" || { cat "$work/log" >&2; stop "kill $kill after $delay ms: retry failed"; }
  target=$(readlink "$home/published")
  if [[ "$target" == runs/$second/* ]] && same "$home/$target"; then
    identical=$((identical + 1))
    printf 'kill %s after %s ms (%s): identical\n' "$kill" "$delay" "${state:-not started}"
  else
    printf 'kill %s after %s ms (%s): DIFFERENT\n' "$kill" "$delay" "${state:-not started}"
    head -20 "$work/diff" >&2
  fi
done
printf '%s of %s identical (%s were killed in the middle of a run)\n' "$identical" "$kills" "$interrupted"
[[ "$identical" == "$kills" ]]
