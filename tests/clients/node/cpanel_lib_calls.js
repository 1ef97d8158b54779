// Makes calls with the package cpanel-lib, as a user of it would.
//
// Started as `cpanel_lib_calls.js CPANEL_PORT WHM_PORT`, with the authority to trust in NODE_EXTRA_CA_CERTS. Each line of
// standard input is a call in JSON, each line of standard output what the package gave to its callback: {"answer": ...}
// or {"error": ...}.
'use strict';

const readline = require('node:readline');
const cpanel = require('cpanel-lib');

const [cpanelPort, whmPort] = process.argv.slice(2);
const ports = { cpanel: cpanelPort, whm: whmPort };

function report({ as: username, secret, auth = 'accessKey', face = 'whm', method = 'call', arguments: given }) {
  const client = cpanel.createClient({ host: 'localhost', port: ports[face], username, [auth]: secret });
  return new Promise((resolve) => {
    client[method](...given, (error, answer) => resolve(error ? { error: error.code ?? error } : { answer }));
  });
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await report(JSON.parse(line))));
  }
}

main();
