#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: `SetEnv TERM=…` needs no AcceptEnv on the server.
# One would expect the server to drop it, as it drops every variable that its AcceptEnv does not name. TERM is no variable for
# ssh: it becomes the terminal's type in the request for a terminal. Without a terminal (no -t) it is dropped like the others.
# Seen: with a terminal: vt220 (and not OTHER); without: neither
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${server:-}" 2>/dev/null || true' EXIT
cd "$work"
[ -x /usr/sbin/sshd ] || apt-get install -y -qq --no-install-recommends openssh-server >/dev/null
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f user
port=22949
cat >config <<CONFIG
HostKey $work/host
AuthorizedKeysFile $work/user.pub
StrictModes no
ListenAddress 127.0.0.1:$port
PidFile none
PermitRootLogin yes
CONFIG
/usr/sbin/sshd -D -e -f config 2>log &
server=$!
until grep -q 'Server listening' log; do sleep 0.1; done
ssh -V 2>&1
ask() {
  ssh -F none -i user -p $port -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
    -o SetEnv='OTHER=1 TERM=vt220' "$@" 127.0.0.1 'printenv TERM OTHER | tr "\n" " " | sed "s/ *$//"' | tr -d '\r\n'
}
seen="with a terminal: $(ask -tt)
without: $(ask -T)"
expected='with a terminal: vt220
without: '
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
