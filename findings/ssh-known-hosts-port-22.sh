#!/bin/bash
# OpenSSH 9.2p1: a line of known_hosts for `[host]:22` is good for nothing, though ssh-keygen finds it.
# One would expect the key of that host at port 22 to be known, as `[host]:2222` is at 2222. But ssh looks a host at port 22 up
# by its bare name alone, so that no connection ever asks for the bracketed one; ssh-keygen -F takes the text as it stands. A file
# that a program wrote with every port in it knows no host at the usual port, and a check by ssh-keygen says that all is well.
# Seen: ssh-keygen -F '[h.example]:22': found; ssh to h.example: "No ED25519 host key is known"; the same line without port: known.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
[ -x /usr/sbin/sshd ] || apt-get install -y -qq --no-install-recommends openssh-server >/dev/null
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
printf 'HostKey %s\nPidFile none\nStrictModes no\n' "$work/host" >config
ask() {
  echo "$1 $(cut -d' ' -f1,2 host.pub)" >known_hosts
  local said
  said=$(ssh -F none -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$work/known_hosts" \
    -o GlobalKnownHostsFile=none -o "ProxyCommand=/usr/sbin/sshd -i -f $work/config" -v nobody@h.example true 2>&1 || true)
  if grep -q 'is known and matches' <<<"$said"; then echo known; else grep -o 'No ED25519 host key is known' <<<"$said"; fi
}
ssh -V 2>&1
seen="[h.example]:22 for ssh: $(ask '[h.example]:22')
[h.example]:22 for ssh-keygen: $(ssh-keygen -F '[h.example]:22' -f known_hosts | grep -o 'found')
h.example for ssh: $(ask h.example)"
expected='[h.example]:22 for ssh: No ED25519 host key is known
[h.example]:22 for ssh-keygen: found
h.example for ssh: known'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
