#!/usr/bin/env bash
# Fuzzes what reads extracts, with libFuzzer and AddressSanitizer, two targets at a time.
#   scripts/fuzz.sh [SECONDS] [TARGET...]      default: 60 seconds each of csv xml fixed jsonl gb18030 gzip
# The same inputs come in the same order every time; FUZZ_SEED=2 gives others.
# What an input does to a reader must not depend on how its bytes arrive; places ascend, every byte is accounted for, and
# fields are UTF-8 (Fuzz/Sources). An input that breaks this is kept in Fuzz/.build/crashes, and the exit status is 1; run
# it again with: Fuzz/.build/release/Fuzz TARGET FILE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-60}
if [[ $# -gt 0 ]]; then shift; fi
targets=("$@")
if [[ ${#targets[@]} -eq 0 ]]; then targets=(csv xml fixed jsonl gb18030 gzip); fi
for target in "${targets[@]}"; do
  [[ -f Fuzz/dictionaries/$target.dict ]] || { printf 'fuzz: there is no target %s\n' "$target" >&2; exit 2; }
done

# The system's own linker fails on Swift's debug information; the toolchain brings lld.
printf 'fuzz: building\n' >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build --package-path Fuzz -c release -Xswiftc -enable-testing \
  -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address \
  -Xswiftc -Xclang-linker -Xswiftc -fuse-ld=lld >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
binary=$(swift build --package-path Fuzz -c release --show-bin-path)/Fuzz

work=Fuzz/.build
rm -rf "$work/seeds"
python3 Fuzz/seeds.py samples "$work/seeds"
mkdir -p "$work/crashes" "$work/logs"

# A limit on memory and on the time of one input too: a reader must not take more than an input is worth.
fuzz() { # TARGET
  mkdir -p "$work/corpus/$1"
  ASAN_OPTIONS=malloc_context_size=4 SWIFT_BACKTRACE=enable=no "$binary" "$1" -max_total_time="$seconds" -max_len=4096 -seed="${FUZZ_SEED:-1}" -timeout=10 -rss_limit_mb=2048 \
    -dict="Fuzz/dictionaries/$1.dict" -artifact_prefix="$work/crashes/$1-" -print_final_stats=1 \
    "$work/corpus/$1" "$work/seeds/$1" >"$work/logs/$1.log" 2>&1
}

failed=0
finish() { # PROCESS TARGET
  if wait "$1"; then
    printf 'fuzz: %-8s %s inputs, no crash\n' "$2" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/logs/$2.log")"
  else
    failed=1
    printf 'fuzz: %s failed:\n' "$2" >&2
    grep -E 'invariant:|ERROR:|Test unit written|Fatal error' "$work/logs/$2.log" >&2 || tail -n 20 "$work/logs/$2.log" >&2
  fi
}

for ((at = 0; at < ${#targets[@]}; at += 2)); do
  fuzz "${targets[at]}" &
  first=$!
  if ((at + 1 < ${#targets[@]})); then
    fuzz "${targets[at + 1]}" &
    finish "$!" "${targets[at + 1]}"
  fi
  finish "$first" "${targets[at]}"
done
exit "$failed"
