#!/bin/bash
# OpenSSH 9.2p1 of Debian 12: a remote forward on `localhost` succeeds although 127.0.0.1 has the port taken.
# One would expect it to be refused, as one on 127.0.0.1 is. sshd opens ::1 alone and says that all is well: what connects to
# 127.0.0.1 reaches somebody else's program. (Asked for 0.0.0.0 without GatewayPorts, it says so too, and listens on loopback.)
# Seen: 127.0.0.1: refused; localhost: accepted, listens on [::1]; 0.0.0.0: accepted, listens on 127.0.0.1 and [::1]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${server:-}" "${other:-}" 2>/dev/null || true' EXIT
cd "$work"
[ -x /usr/sbin/sshd ] || apt-get install -y -qq --no-install-recommends openssh-server >/dev/null
command -v ss >/dev/null || apt-get install -y -qq --no-install-recommends iproute2 >/dev/null
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f user
port=22955
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
node -e "require('net').createServer().listen(22956, '127.0.0.1')" &
other=$!
until grep -q 'Server listening' log && ss -tln | grep -q '127.0.0.1:22956 '; do sleep 0.1; done
ssh -V 2>&1
ask() {
  ssh -n -F none -i user -p $port -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
    -o ExitOnForwardFailure=yes -R "$1:$2:127.0.0.1:9" 127.0.0.1 "ss -Htlnp 'sport = :$2' | grep sshd | awk '{ print \$4 }' | sed 's/:$2//' | sort | tr '\n' ' '" \
    2>/dev/null || echo refused
}
seen="127.0.0.1: $(ask 127.0.0.1 22956)
localhost: $(ask localhost 22956)
0.0.0.0: $(ask 0.0.0.0 22957)"
seen=$(sed 's/ *$//' <<<"$seen")
expected='127.0.0.1: refused
localhost: [::1]
0.0.0.0: 127.0.0.1 [::1]'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
