"""Reads every row of a workbook with python-calamine."""

import sys

from python_calamine import CalamineWorkbook

sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
rows = count = 0
for row in sheet.iter_rows():
    rows += 1
    count += sum(len(text) for text in row)
print(f"{rows} rows, {count} bytes")
