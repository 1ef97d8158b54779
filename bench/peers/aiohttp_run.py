"""Gives the mailboxes of a list their passwords, with as many requests at once as there are jobs: TARGET LIST JOBS.

What somebody writes who has learnt to write fast Python: one session, its connections kept, every reply looked at."""

import asyncio
import csv
import json
import ssl
import sys

import aiohttp


async def work(session, url, rows):
    done = 0
    for row in rows:
        form = {"email": row["email"], "password": row["password"]}
        async with session.post(url, data=form) as reply:
            answer = await reply.json()
        if reply.status != 200 or answer["status"] != 1:
            sys.exit(f"refused: {answer['errors']}")
        done += 1
    return done


async def main(target, path, jobs):
    url = f"https://{target['host']}:{target['port']}/execute/Email/passwd_pop"
    headers = {"Authorization": f"cpanel {target['user']}:{target['token']}"}
    connector = aiohttp.TCPConnector(limit=jobs, ssl=ssl.create_default_context(cafile=target["ca_file"]))
    with open(path, newline="", encoding="utf-8") as text:
        rows = csv.DictReader(text)
        async with aiohttp.ClientSession(connector=connector, headers=headers) as session:
            done = await asyncio.gather(*(work(session, url, rows) for _ in range(jobs)))
    print(json.dumps({"done": sum(done)}))


with open(sys.argv[1], encoding="utf-8") as text:
    asyncio.run(main(json.load(text), sys.argv[2], int(sys.argv[3])))
