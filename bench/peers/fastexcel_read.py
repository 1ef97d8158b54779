"""Reads a workbook's first sheet into columns with fastexcel. Its rows are not touched: that would take another library."""

import sys

import fastexcel

sheet = fastexcel.read_excel(sys.argv[1]).load_sheet(0, header_row=None)
print(f"{sheet.height} rows, {sheet.width} columns")
