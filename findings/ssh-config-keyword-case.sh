#!/bin/bash
# ssh-config 5.3.0 computes one option under each spelling of its name.
# One would expect keywords without case, as ssh_config(5) has them, and the first value to count: ssh takes "a" here. The
# library gives both, under the spelling that was typed, so that a lookup of `User` finds neither.
# Seen: {"Host":"w","user":"a","USER":"b"} undefined / ssh: user a
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts ssh-config@5.3.0 >/dev/null
printf 'Host w\n  user a\n  USER b\n' >config
seen=$(node -e "
const SSHConfig = require('ssh-config').default;
const found = SSHConfig.parse(require('fs').readFileSync('config', 'utf8')).compute('w');
console.log(JSON.stringify(found), found.User);"
echo "ssh: $(ssh -G -F config w | grep '^user ')")
expected='{"Host":"w","user":"a","USER":"b"} undefined
ssh: user a'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
