#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: ProxyJump takes the text up to the first space, quotes included, and drops the rest silently.
# One would expect an error for a second word (as after DynamicForward) and quotes taken off (as for every other keyword).
# And `ProxyJump none` does not keep a later ProxyCommand away, though the manual says that the first of the two does.
# Seen: two words: b1; quoted: "b1"; user quoted: b1; a comma with a space: refused; none, then a command: nc x
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ssh >/dev/null || apt-get install -y -qq --no-install-recommends openssh-client >/dev/null
ssh -V 2>&1
ask() {
  printf "Host a\n$1\n" >config
  ssh -F config -G a 2>/dev/null | sed -n "s/^$2 //p" || true
}
seen="two words: $(ask 'ProxyJump b1 b2' proxyjump)
quoted: $(ask 'ProxyJump "b1"' proxyjump)
user quoted: $(ask 'User "b1"' user)
a comma with a space: $(ask 'ProxyJump b1, b2' proxyjump)
none, then a command: $(ask 'ProxyJump none\nProxyCommand nc x' proxycommand)"
expected='two words: b1
quoted: "b1"
user quoted: b1
a comma with a space: 
none, then a command: nc x'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
