"""What a script of a page does before it changes the first password: it imports what it needs, and reads the list."""

import sys

import openpyxl
import requests

workbook = openpyxl.load_workbook(sys.argv[1])
changes = [(row[0].value, row[1].value) for row in workbook.active.iter_rows(min_row=2)]
assert requests.get
print(f"{len(changes)} changes")
