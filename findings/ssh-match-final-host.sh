#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: one `Match final` anywhere makes every Host line of the file match a second time, by HostName.
# One would expect Host to be about the name on the command line always, as the manual says ("Host … as given"), and the second
# reading to matter to the block below `Match final` alone. A wide `Host 203.*` block meets a host that was never called so.
# Seen: without Match final: 22; with it: 9; a name typed in upper case: without 22, with 9
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ssh >/dev/null || apt-get install -y -qq --no-install-recommends openssh-client >/dev/null
ssh -V 2>&1
port() {
  printf '%s\n' "$2" >config
  ssh -F config -G "$1" | sed -n 's/^port //p'
}
final='Match final
  User z'
block='Host web
  HostName 203.0.113.9
Host 203.*
  Port 9'
seen="without Match final: $(port web "$block")
with it: $(port web "$block
$final")
WEB, without: $(port WEB 'Host web
  Port 9')
WEB, with it: $(port WEB "Host web
  Port 9
$final")"
expected='without Match final: 22
with it: 9
WEB, without: 22
WEB, with it: 9'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
