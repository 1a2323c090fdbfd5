#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: `ssh -G` prints a LocalForward to a Unix socket a second time, as a DynamicForward.
# One would expect one line for one forward. What takes forwards from `ssh -G` opens a SOCKS proxy that nobody asked for, and
# finds its port taken by the other one.
# Seen: dynamicforward 8080, localforward 8080 /run/app.sock
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ssh >/dev/null || apt-get install -y -qq --no-install-recommends openssh-client >/dev/null
ssh -V 2>&1
echo 'LocalForward 8080 /run/app.sock' >config
seen=$(ssh -F config -G a | grep forward | grep 8080)
expected='dynamicforward 8080
localforward 8080 /run/app.sock'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
