#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: of several SetEnv lines the first counts alone; SendEnv lines add up.
# One would expect the two to be alike: both take lists, and the manual says of SendEnv that several lines are allowed.
# A `SetEnv` under `Host *` is lost for every host that has one of its own.
# Seen: SetEnv A=1 | SetEnv B=2: A=1; SendEnv A | SendEnv B: A B
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v ssh >/dev/null || apt-get install -y -qq --no-install-recommends openssh-client >/dev/null
ssh -V 2>&1
printf 'SetEnv A=1\nSetEnv B=2\nSendEnv A\nSendEnv B\n' >config
ask() {
  ssh -F config -G a | sed -n "s/^$1 //p" | tr '\n' ' ' | sed 's/ *$//'
}
seen="SetEnv A=1 | SetEnv B=2: $(ask setenv)
SendEnv A | SendEnv B: $(ask sendenv)"
expected='SetEnv A=1 | SetEnv B=2: A=1
SendEnv A | SendEnv B: A B'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
