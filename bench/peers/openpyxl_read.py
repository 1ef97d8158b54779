"""Reads every row of a workbook with openpyxl, read-only as its manual has it for large ones."""

import sys

import openpyxl

workbook = openpyxl.load_workbook(sys.argv[1], read_only=True)
rows = count = 0
for row in workbook.worksheets[0].iter_rows(values_only=True):
    rows += 1
    count += sum(len(text) for text in row)
print(f"{rows} rows, {count} bytes")
