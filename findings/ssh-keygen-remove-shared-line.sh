#!/bin/bash
# `ssh-keygen -R` (OpenSSH 9.2p1 of Debian 12) takes trust from hosts that were not named.
# One would expect it to take the name out of a line. It removes the whole line, with the other names and the pattern in it:
# those hosts are asked about again. A `@revoked` line of the host stays.
# Seen: of "a,b", "*.example,a", "@revoked a" and "c" the last two are left.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ssh-keygen >/dev/null || apt-get install -y -qq --no-install-recommends openssh-client >/dev/null
ssh-keygen -q -t ed25519 -N '' -f key
public=$(cut -d' ' -f1,2 key.pub)
for names in 'a,b' '*.example,a' '@revoked a' 'c'; do echo "$names $public"; done >known_hosts
ssh-keygen -R a -f known_hosts >/dev/null 2>&1
seen=$(sed 's/ ssh-ed25519.*//' known_hosts)
expected='@revoked a
c'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
