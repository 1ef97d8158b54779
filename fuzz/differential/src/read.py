"""Reads text lists as Python's csv does: batches of them come in on standard input, what is in them goes out on standard output.

A batch: how many files, then each as its length, its delimiter, the number of its encoding, and its bytes.
The answer: its length, then JSON: for each file a list of [the line on which it ends, cells], or [the line, the error].
"""

import csv
import io
import json
import struct
import sys

ENCODINGS = ["utf-8", "cp1252", "utf-16-le", "utf-16-be", "iso8859-15"]

csv.field_size_limit(1 << 30)


def read(data, delimiter, encoding):
    try:
        text = data.decode(ENCODINGS[encoding])
    except UnicodeDecodeError:
        return {"error": "encoding", "line": 0}
    mark = text.startswith("\ufeff")
    reader = csv.reader(io.StringIO(text[1:] if mark else text, newline=""), delimiter=chr(delimiter), strict=True)
    try:
        return {"mark": mark, "records": [(reader.line_num, record) for record in reader]}
    except csv.Error as error:
        return {"error": str(error), "line": reader.line_num}


def main():
    given, told = sys.stdin.buffer, sys.stdout.buffer
    while head := given.read(4):
        results = []
        for _ in range(struct.unpack("<I", head)[0]):
            length, delimiter, encoding = struct.unpack("<IBB", given.read(6))
            results.append(read(given.read(length), delimiter, encoding))
        answer = json.dumps(results, ensure_ascii=False, separators=(",", ":")).encode()
        told.write(struct.pack("<I", len(answer)))
        told.write(answer)
        told.flush()


main()
