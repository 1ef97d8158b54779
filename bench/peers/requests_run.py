"""Gives the mailboxes of a list their passwords one after another, each by a `requests.get` of its own: TARGET LIST.

What the scripts do that people pass on, certificate unchecked and all, with the reply looked at."""

import csv
import json
import sys
import warnings

import requests

warnings.filterwarnings("ignore", message="Unverified HTTPS request")

with open(sys.argv[1], encoding="utf-8") as text:
    target = json.load(text)
url = f"https://{target['host']}:{target['port']}/execute/Email/passwd_pop"
headers = {"Authorization": f"cpanel {target['user']}:{target['token']}"}
done = 0
with open(sys.argv[2], newline="", encoding="utf-8") as text:
    for row in csv.DictReader(text):
        fields = {"email": row["email"], "password": row["password"]}
        reply = requests.get(url, params=fields, headers=headers, verify=False)
        if reply.status_code != 200 or reply.json()["status"] != 1:
            sys.exit(f"refused: {reply.text}")
        done += 1
print(json.dumps({"done": done}))
