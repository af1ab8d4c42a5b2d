#!/usr/bin/env bash
# The size ratchet: no Swift file over 600 lines, no function over 60, but for those that scripts/size-ratchet.txt names
# with the size they had; those may shrink, never grow.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec python3 - <<'PYTHON'
import pathlib, re, sys

FILE_LIMIT, FUNCTION_LIMIT = 600, 60
allowed = {}
ratchet = pathlib.Path("scripts/size-ratchet.txt")
if ratchet.exists():
    for line in ratchet.read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            name, size = line.rsplit(" ", 1)
            allowed[name] = int(size)

opening = re.compile(r"^(\s*)(?:@\w+(?:\([^)]*\))?\s+)*(?:[a-z]+(?:\(set\))?\s+)*(?:func\s+([^\s(<]+)|(init)[?(<]|(deinit)\b)")
found = {}
for path in sorted(pathlib.Path(".").glob("Sources/**/*.swift")) + sorted(pathlib.Path(".").glob("Tests/**/*.swift")):
    lines = path.read_text().splitlines()
    if len(lines) > FILE_LIMIT:
        found[str(path)] = len(lines)
    for start, line in enumerate(lines):
        match = opening.match(line)
        if not match:
            continue
        closing = match.group(1) + "}"
        for end in range(start, len(lines)):
            if lines[end] == closing:
                name = match.group(2) or match.group(3) or match.group(4)
                if end - start + 1 > FUNCTION_LIMIT:
                    found[f"{path}:{name}"] = end - start + 1
                break
            if end > start and re.match(rf"^{match.group(1)}\S", lines[end]) and lines[end].strip()[0] not in ")}]":
                break

bad = [f"{name} has {size} lines, {allowed.get(name, 'not in the ratchet')}" for name, size in found.items() if size > allowed.get(name, 0)]
stale = [name for name in allowed if name not in found]
for line in bad:
    print("size:", line, "- split it", file=sys.stderr)
for name in stale:
    print("size:", name, "is small enough now - take it out of scripts/size-ratchet.txt", file=sys.stderr)
sys.exit(1 if bad or stale else 0)
PYTHON
