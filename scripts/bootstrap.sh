#!/usr/bin/env bash
# Installs the system packages that guiyi needs and that are missing. Called by the other scripts; safe to run again.
#   scripts/bootstrap.sh          what building needs
#   scripts/bootstrap.sh tests    what the tests need as well
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
stop() { say "bootstrap: $*"; exit 1; }

packages=(libxml2-dev libcsv-dev libsqlite3-dev zlib1g-dev libssl-dev pkg-config)
if [[ "${1:-}" == tests ]]; then packages+=(python3 python3-venv sqlite3); fi

command -v swift >/dev/null ||
  stop "swift is not on the PATH. Install Swift 6.2 or later (https://www.swift.org/install), then run this again."

if ! command -v dpkg-query >/dev/null; then
  for header in libxml2/libxml/parser.h csv.h sqlite3.h zlib.h openssl/evp.h; do
    [[ -e /usr/include/$header || -e /usr/local/include/$header ]] ||
      stop "this is not Debian or Ubuntu, and $header is missing. Install the development files of libxml2, libcsv, SQLite 3, zlib and OpenSSL 3 by hand."
  done
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [[ "$status" == "install ok installed" ]] || missing+=("$package")
done
if [[ ${#missing[@]} -eq 0 ]]; then exit 0; fi

root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null ||
    stop "missing: ${missing[*]}. Neither root nor sudo is here: ask an administrator to run 'apt-get install ${missing[*]}'."
  root=(sudo)
fi

say "bootstrap: installing ${missing[*]}"
# A first install can fail on stale package lists: refresh and try again, three times in all.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for attempt in 1 2 3; do
  if "${root[@]}" apt-get update -qq >"$log" 2>&1 &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    exit 0
  fi
  say "bootstrap: attempt $attempt failed"
  sleep 2
done
tail -n 5 "$log" >&2
stop "could not install ${missing[*]}. Check the network and the package sources, then run this again."
