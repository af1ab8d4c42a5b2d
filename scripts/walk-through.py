#!/usr/bin/env python3
"""Carries out a page that shows commands and what they print, in a clean folder, and holds the page to what it saw.

    scripts/walk-through.py --guiyi PROGRAM [--write] [PAGE]

    PAGE     default docs/link-your-own-files.md
    --write  puts what was seen into the page and its pictures, instead of comparing

Comments of the page, which no reader sees, say what the block or picture behind them is:

    <!-- start: FOLDER -->            files of this folder of the checkout stand in the clean folder
    <!-- run -->                      the block's commands, carried out line by line; each must succeed
    <!-- printed LINES -->            what the commands before printed
    <!-- file: NAME LINES -->         what stands in a file that they wrote
    <!-- picture: NAME -->            the picture behind it is this file, byte for byte

LINES are numbers of lines from 1, as in 1-12,40-: only these are shown, with … for what lies between; without them all.
"""
import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED = "…"


def chosen(text, ranges):
    """Lines of a text by their numbers, with a mark for each gap."""
    lines = text.rstrip("\n").split("\n")
    if not ranges:
        return lines
    shown, last = [], 0
    for part in ranges.split(","):
        first, _, end = part.partition("-")
        start, end = int(first), int(end or len(lines)) if "-" in part else int(first)
        if start > last + 1:
            shown.append(SKIPPED)
        shown += lines[start - 1:end]
        last = end
    if last < len(lines):
        shown.append(SKIPPED)
    return shown


class Page:
    def __init__(self, path, program, folder):
        self.path, self.folder, self.printed = path, folder, ""
        self.commands = self.compared = 0
        self.problems, self.pictures = [], []
        os.mkdir(folder / ".bin")
        os.symlink(os.path.abspath(program), folder / ".bin" / "guiyi")
        self.environment = {**os.environ, "PATH": f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}"}

    def run(self, commands):
        self.printed = ""
        for command in commands:
            if not command.strip() or command.startswith("#"):
                continue
            done = subprocess.run(["sh", "-c", command], cwd=self.folder, env=self.environment, capture_output=True, text=True)
            self.commands += 1
            if done.returncode != 0:
                sys.exit(f"{self.path}: {command} ends with {done.returncode}: {done.stderr.strip()}")
            self.printed += done.stdout

    def seen(self, instruction):
        """What an instruction says that the block behind it shows; nil for commands."""
        word, _, rest = instruction.partition(" ")
        if word == "printed":
            return chosen(self.printed, rest)
        if word == "file:":
            name, _, ranges = rest.partition(" ")
            return chosen((self.folder / name).read_text(encoding="utf-8"), ranges)
        sys.exit(f"{self.path}: no such instruction: {instruction}")

    def carry_out(self):
        """The page as it should be."""
        instruction, block, result = None, None, []
        for number, line in enumerate(self.path.read_text(encoding="utf-8").split("\n"), start=1):
            if line.startswith("<!-- "):
                instruction = line[5:].removesuffix(" -->")
                if instruction.startswith("start: "):
                    shutil.copytree(ROOT / instruction[7:], self.folder, dirs_exist_ok=True)
                    instruction = None
            elif line.startswith("```") and block is None:
                block = []
            elif line.startswith("```"):
                if instruction == "run":
                    self.run(block)
                elif instruction:
                    seen = self.seen(instruction)
                    self.compare(block, seen, f"{self.path}:{number - len(block)}")
                    block = seen
                result += block
                instruction = block = None
            elif instruction and instruction.startswith("picture: ") and line.startswith("!["):
                target = self.path.parent / re.search(r"\]\(([^)]+)\)", line).group(1)
                self.pictures.append((self.folder / instruction[9:], target))
                instruction = None
            if block is None or line.startswith("```"):
                result.append(line)
            else:
                block.append(line)
        return "\n".join(result)

    def compare(self, shown, seen, place):
        self.compared += 1
        if shown != seen:
            self.problems.append("\n".join(difflib.unified_diff(shown, seen, place, "what was seen", lineterm="")))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--guiyi", required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("page", nargs="?", default=str(ROOT / "docs/link-your-own-files.md"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Page(pathlib.Path(arguments.page), arguments.guiyi, pathlib.Path(folder))
        text = page.carry_out()
        for made, target in page.pictures:
            page.compared += 1
            if arguments.write:
                target.parent.mkdir(exist_ok=True)
                shutil.copyfile(made, target)
            elif not target.exists() or made.read_bytes() != target.read_bytes():
                page.problems.append(f"{target} is not what the commands draw")
    if page.commands == 0 or page.compared == 0:
        sys.exit(f"{page.path}: nothing to carry out")
    if arguments.write:
        page.path.write_text(text, encoding="utf-8")
        print(f"{page.path}: {len(page.problems)} blocks written anew")
        return
    for problem in page.problems:
        print(problem, file=sys.stderr)
    if page.problems:
        sys.exit(f"{page.path}: {len(page.problems)} of {page.compared} places differ; "
                 "look at each, then write them anew with --write")
    print(f"{page.path}: {page.commands} commands carried out, {page.compared} places as shown")


main()
