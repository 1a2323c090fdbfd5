#!/bin/bash
# `Host` in ssh_config (OpenSSH 9.2p1 of Debian 12) is matched with case, though names of hosts have none.
# One would expect `Host WEB` to hold for `ssh web`, since ssh turns the name into small letters itself before it connects:
# without a HostName, `ssh WEB` connects to "web", by the options of WEB.
# Seen: web → user nobody-else, host web; WEB → user shouting, host web
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ssh >/dev/null || apt-get install -y -qq --no-install-recommends openssh-client >/dev/null
printf 'Host WEB\n  User shouting\nHost *\n  User nobody-else\n' >config
seen=$(for name in web WEB; do
  echo "$name: $(ssh -G -F config "$name" | awk '$1 == "user" || $1 == "hostname" { printf "%s %s ", $1, $2 }')"
done)
expected='web: user nobody-else hostname web 
WEB: user shouting hostname web '
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
