#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: Port and ProxyJump take the name of a service of /etc/services.
# One would expect a number alone, as the manual says ("Specifies the port number to connect on"), and an error for any other
# text. What reads ~/.ssh/config as numbers connects to 22 where ssh(1) connects to 443. A leading + or space is taken too.
# Seen: Port https: 443; ProxyJump b:ssh: b:22; Port +2222: 2222; Port 0x16: refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ssh >/dev/null || apt-get install -y -qq --no-install-recommends openssh-client >/dev/null
[ -e /etc/services ] || apt-get install -y -qq --no-install-recommends netbase >/dev/null
ssh -V 2>&1
ask() {
  echo "$1" >config
  ssh -F config -G a 2>/dev/null | sed -n "s/^$2 //p" || true
}
seen="Port https: $(ask 'Port https' port)
ProxyJump b:ssh: $(ask 'ProxyJump b:ssh' proxyjump)
Port +2222: $(ask 'Port +2222' port)
Port 0x16: $(ask 'Port 0x16' port)"
expected='Port https: 443
ProxyJump b:ssh: b:22
Port +2222: 2222
Port 0x16: '
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
