"""Makes calls with the package cpanel-api, as a user of it would.

Started as `cpanel_api_calls.py CPANEL_PORT WHM_PORT CA_FILE`. Each line of standard input is a call in JSON, each line of
standard output what the package made of it: {"answer": ...}, or {"error": the name of the exception}.
"""

import json
import sys

from cpanel_api import CPanelApi


def report(call, ports, ca_file):
    """What the package reports about one call."""
    client = CPanelApi(
        "localhost",
        call["as"],
        call["secret"],
        port=ports[call.get("face", "cpanel")],
        auth_type=call.get("auth", "utoken"),
        verify=ca_file,
    )
    module, function = call["function"].split("::")
    method = getattr(getattr(getattr(client, call.get("api", "uapi")), module), function)
    try:
        return {"answer": method(call.get("arguments"))}
    except Exception as error:
        return {"error": type(error).__name__}


def main():
    """Answers line by line until there are no more."""
    cpanel_port, whm_port, ca_file = sys.argv[1:]
    ports = {"cpanel": int(cpanel_port), "whm": int(whm_port)}
    for line in sys.stdin:
        print(json.dumps(report(json.loads(line), ports, ca_file)), flush=True)


main()
