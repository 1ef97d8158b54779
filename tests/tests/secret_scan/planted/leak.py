"""A program that leaks, in one way of many; what it leaks lies in the file `secret`."""

import html
import json
import os
import sys
import urllib.parse
import zipfile

with open("secret", encoding="utf-8") as file:
    SECRET = file.read()


def start(arguments, environment):
    os.waitpid(os.posix_spawn("/bin/true", ["true", *arguments], environment), 0)


def write(name, text):
    with open(name, "a", encoding="utf-8") as file:
        file.write(text)


def argument():
    start([f"password={SECRET}"], {})


def environment():
    start([], {"PASSWORD": SECRET[::-1]})


def scratch_file():
    write("scratch", SECRET.encode().hex())
    os.unlink("scratch")


def file_name():
    write(urllib.parse.quote(SECRET, safe=""), "")
    os.unlink(urllib.parse.quote(SECRET, safe=""))


def log():
    write("log", f"2026-01-01T00:00:00Z refused {json.dumps(SECRET)}\n")


def event():
    print(json.dumps({"event": "settled", "detail": html.escape(SECRET)}))


def report():
    with zipfile.ZipFile("report.xlsx", "w", zipfile.ZIP_DEFLATED) as workbook:
        cells = f"<si><t>{html.escape(SECRET, quote=False)}</t></si>" * 9
        workbook.writestr("xl/sharedStrings.xml", f"<sst>{cells}</sst>")


def panic():
    raise RuntimeError(f"no room for {SECRET}")


def core_dump():
    os.abort()


def url():
    import http.client
    import ssl

    connection = http.client.HTTPSConnection(sys.argv[2], context=ssl._create_unverified_context())
    connection.request("GET", f"/execute/Email/passwd_pop?{urllib.parse.urlencode({'password': SECRET})}")
    connection.getresponse().read()


def screen():
    print("\033[1m".join(SECRET), "\n" * 200)


def pipe():
    os.write(os.pipe()[1], SECRET.encode("utf-16-be"))


globals()[sys.argv[1]]()
