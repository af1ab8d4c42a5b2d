#!/usr/bin/env python3
"""Writes the seed corpora of the fuzz targets, from the samples and from small cases: seeds.py SAMPLES OUT.

An input begins with two bytes: the options of its format, and how the content is cut into pieces.
"""
import gzip
import pathlib
import sys

samples, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
written = {}


def seed(target: str, options: int, content: bytes, piece: int = 6) -> None:
    folder = out / target
    folder.mkdir(parents=True, exist_ok=True)
    written[target] = written.get(target, 0) + 1
    (folder / f"seed-{written[target]:03}").write_bytes(bytes([options, piece]) + content)


def beginning(content: bytes, lines: int = 8) -> bytes:
    return b"\n".join(content.split(b"\n")[:lines]) + b"\n"


for path in sorted(samples.glob("**/*.csv")) + sorted(samples.glob("**/*.txt")):
    if "expected" in path.parts:
        continue
    text = beginning(path.read_bytes())
    for options in (0b00000000, 0b00000100, 0b10010000, 0b01000000):
        seed("csv", options, text.replace(b"|", b","))
    seed("gb18030", 0, text)
    seed("gzip", 0, gzip.compress(text, mtime=0))
    seed("gzip", 1, gzip.compress(text[:90], mtime=0) + gzip.compress(b"", mtime=0) + bytes(4))
for path in sorted(samples.glob("**/*.xml")):
    text = path.read_bytes()[:3000]
    for options in (0, 4):
        seed("xml", options, text)
# A flaw in the tag around records once left their attributes to a parser that had been stopped.
seed("xml", 0, b"<?xml version='1.0' encoding='GBK'?><branches><branch c\xff\xff\xff\xffode='B1'><visit id='1'/></branch></branches>")
seed("xml", 0, b"\0<branch code='B1'>.0 ", piece=6)

row = "张伟,\"a,\"\"b\",\"two\nlines\",4,5,6\n李四,b,c,4,5,6\r\nTRAILER,2\n"
for encoding, bits in (("utf-8", 0), ("gb18030", 1), ("utf-16", 2)):
    for other in (0, 0b00010000, 0b01100000, 0b10000000):
        seed("csv", bits << 2 | other, row.encode(encoding))
        seed("csv", bits << 2 | other | 1, row.replace(",", "|!|").encode(encoding))
seed("gb18030", 0, "东億墊€𠀉é\n".encode("gb18030") + b"\x95\x32\n\x80\n\xff\n\x81\x30\x81\n")

visit = ('<branches><branch code="B1"><visit id="1"><visitor><name>张&amp;伟</name><document no="11"/></visitor>'
         "<![CDATA[<x>]]><!-- c --></visit><visit id='2'>&#x5f20;</visit></branch></branches>")
for head in ("", "\ufeff", '<?xml version="1.0" encoding="UTF-8"?>\n', "<!DOCTYPE a [<!ENTITY b 'c'>]>"):
    seed("xml", 0, (head + visit).encode())
    seed("xml", 4, (head + visit).encode())
seed("xml", 0, ('<?xml version="1.0" encoding="GBK"?>' + visit).encode("gb18030"))

for encoding, bit in (("utf-8", 0), ("gb18030", 1)):
    rows = []
    for number, name, amount, note in ((1, "张伟", "1.50", "ab"), (2, "a", "-7", ""), (300, "", "", "é")):
        name = name.encode(encoding).ljust(6)
        rows.append(b"%03d" % number + name + amount.rjust(4).encode() + note.encode(encoding).ljust(2)[:2])
    for options in (0, 8, 16, 32):
        seed("fixed", bit | options, b"\n".join(rows) + b"\nT  2\nHDR\n")
        seed("fixed", bit | options | 2, b"\r".join(rows))
    seed("fixed", bit | 4, b"".join(rows))
    seed("fixed", bit | 8, b"\n".join(row.rstrip() for row in rows))

people = [
    '{"id":1,"customer":{"name":"张伟"},"documents":[{"no":"11"},{"no":"22"}],"a":{"b":{"c":{"d":true}}}}',
    '{"x":[1,-0.5e+10,null,false,{"y":"\\u5f20\\ud840\\udc09\\n\\""}],"id":"\\/","customer":null}',
    '{"id":{},"id":[]}',
    '{ "id" : "a\tb" }',
    "[[[[[[]]]]]]",
    "{}",
]
for options in (0, 1, 2, 4):
    seed("jsonl", options, "\n".join(people).encode())
    for person in people:
        seed("jsonl", options, person.encode())
