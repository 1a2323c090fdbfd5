#!/bin/bash
# Ansible (ansible-core 2.14.18 of Debian 12) expands the keys of a YAML inventory.
# One would expect a key in quotation marks to be a host's name as it stands: the short forms belong to the INI format. A
# range becomes several hosts, and what follows a colon is taken off as the port.
# Seen: ["web1","web2","web3","db"] {"db":{"ansible_port":2222}}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ansible-inventory >/dev/null || apt-get install -y -qq --no-install-recommends ansible-core >/dev/null
printf 'all:\n  hosts:\n    "web[1:3]":\n    "db:2222":\n' >inventory.yml
export LC_ALL=C.UTF-8
seen=$(ansible-inventory -i inventory.yml --list | node -e "
const { _meta, ungrouped } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(ungrouped.hosts), JSON.stringify(_meta.hostvars));")
expected='["web1","web2","web3","db"] {"db":{"ansible_port":2222}}'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
