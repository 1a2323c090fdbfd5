#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: `ssh -i` and `-o IdentityFile=` read a % in a path differently.
# One would expect -i to be short for the option, as its manual says. A file "100%.key" has to be written 100%%.key in the
# option; -i drops that with a warning, since it first looks for a file of that very name, and takes 100%.key nowhere.
# Seen: option with %%: offered; -i with %%: not offered; -i as it is called: not offered
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${server:-}" 2>/dev/null || true' EXIT
cd "$work"
[ -x /usr/sbin/sshd ] || apt-get install -y -qq --no-install-recommends openssh-server >/dev/null
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f '100%.key'
port=22953
cat >config <<CONFIG
HostKey $work/host
AuthorizedKeysFile $work/100%%.key.pub
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
  if ssh -n -v -F none -p $port -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    "$@" 127.0.0.1 true 2>&1 | grep -q 'Offering public key: .*100'; then echo offered; else echo 'not offered'; fi
}
seen="option with %%: $(ask -o "IdentityFile=$work/100%%.key")
-i with %%: $(ask -i "$work/100%%.key")
-i as it is called: $(ask -i "$work/100%.key")"
expected='option with %%: offered
-i with %%: not offered
-i as it is called: not offered'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
