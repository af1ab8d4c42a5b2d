#!/usr/bin/env python3
"""Writes the two sample nights of the worked example, and the README that explains them.

    python3 scripts/make-samples.py            writes samples/retail-nightly of this repository
    python3 scripts/make-samples.py FOLDER     writes the same files into FOLDER (to compare: diff -r)

Python 3.9 or newer, standard library only. The bytes depend on nothing but this program (scripts/samples/) and
pipelines/retail-nightly/catalogues/products.csv: the generator of random numbers is our own, so that no Python
version can change them.
All people are invented: the county part of their resident ids was never given out, mail goes to example.com.

People are plain objects. Showcase customers (keys ending in 001 to 199) are written out by hand and each states what
should happen to it; fillers come from the generator. A small slow evaluator computes from the people what the
pipeline should decide, and the program stops where a showcase's own statement disagrees. Bad rows are planted last,
each recorded with its line.
"""

import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from samples import defects, expectations, files, fillers, readme, showcases  # noqa: E402
from samples.model import NIGHTS, ROOT, World, compact, yuan  # noqa: E402


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "samples", "retail-nightly")
    expectations.read_catalogue()
    world = World()
    showcases.add_showcases(world)
    fillers.add_fillers(world)
    deliveries, expected = [], []
    for night in range(len(NIGHTS)):
        if night == 1:
            showcases.second_night(world)
            fillers.second_night(world)
        extracts = files.build(world, night)
        defects.plant(extracts, world, night)
        deliveries.append(write_night(folder, extracts, night))
        expected.append(expect_all(world, night))
    write_text(folder, "planted.csv", readme.planted_csv(deliveries))
    write_text(folder, "truth.csv", readme.truth_csv(world))
    write_text(folder, "expected.csv", readme.expected_csv(world, expected))
    write_text(folder, "README.md", readme.page(world, deliveries, expected))


def write_night(folder, extracts, night):
    """Writes the night's files; returns for each (extract, planted)."""
    stamp = compact(NIGHTS[night])
    place = os.path.join(folder, stamp)
    os.makedirs(place, exist_ok=True)
    result = []
    for extract in extracts.values():
        data, planted = extract.render()
        with open(os.path.join(place, extract.file), "wb") as out:
            out.write(data)
        result.append((extract, planted))
    control = "".join("%s|%s\n" % (e.file, e.control()) for e, _ in result if e.name in files.CORE_FILES)
    write_text(place, "core_%s.ctl" % stamp, control)
    return result


def expect_all(world, night):
    """(AUM as text, outcomes) of every person, None before the first night; stops at a showcase that differs."""
    outcomes = {}
    for person in world.people:
        if person.from_night > night:
            outcomes[person] = None
            continue
        found = expectations.expect(world, person, night)
        if person.want and person.want[night] != found:
            sys.exit("night %d, %s: stated %s, computed %s" % (night + 1, person.label, person.want[night], found))
        value = expectations.aum(person)
        outcomes[person] = ("" if value is None else yuan(value), found)
    return outcomes


def write_text(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as out:
        out.write(text)


if __name__ == "__main__":
    main()
