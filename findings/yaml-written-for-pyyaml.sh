#!/bin/bash
# yaml 2.8.1 writes texts without quotes that PyYAML, and with it Ansible, reads as numbers and truth values.
# One would expect a text that is written to be read as that text. The library writes YAML 1.2, PyYAML reads 1.1, where
# no, yes and off are truth values and 12:30:45 is a number in base 60. `{ version: '1.1' }` quotes them.
# Seen (with Debian's python3-yaml 6.0): no → False, off → False, 12:30:45 → 45045, 1_000 → 1000; with version 1.1 texts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts yaml@2.8.1 >/dev/null
python3 -c 'import yaml' 2>/dev/null || apt-get install -y -qq --no-install-recommends python3-yaml >/dev/null
write="console.log(require('yaml').stringify(['no', 'off', '12:30:45', '1_000'], JSON.parse(process.argv[1])))"
read='import sys, yaml; print(yaml.safe_load(sys.stdin))'
seen=$(node -e "$write" '{}' | /usr/bin/python3 -c "$read"; node -e "$write" '{"version":"1.1"}' | /usr/bin/python3 -c "$read")
expected="[False, False, 45045, 1000]
['no', 'off', '12:30:45', '1_000']"
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
