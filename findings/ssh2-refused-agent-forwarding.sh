#!/bin/bash
# ssh2 1.17.0: `agentForward: true` with a server that refuses agent forwarding opens no shell at all.
# One would expect a shell without the agent, as OpenSSH's `ssh -A` gives it, with a warning at most.
# Seen: ssh -A: a shell, no agent; ssh2: Unable to request agent forwarding
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${server:-}" "${SSH_AGENT_PID:-}" 2>/dev/null || true' EXIT
cd "$work"
[ -x /usr/sbin/sshd ] || apt-get install -y -qq --no-install-recommends openssh-server >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts ssh2@1.17.0 >/dev/null
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f user
eval "$(ssh-agent)" >/dev/null
port=22951
cat >config <<CONFIG
HostKey $work/host
AuthorizedKeysFile $work/user.pub
StrictModes no
ListenAddress 127.0.0.1:$port
PidFile none
PermitRootLogin yes
AllowAgentForwarding no
CONFIG
/usr/sbin/sshd -D -e -f config 2>log &
server=$!
until grep -q 'Server listening' log; do sleep 0.1; done
seen="ssh -A: $(ssh -A -F none -i user -p $port -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
  127.0.0.1 'echo "a shell, ${SSH_AUTH_SOCK:-no agent}"')
ssh2: $(node -e "
const { Client } = require('ssh2');
const client = new Client();
client.on('ready', () => client.shell((error) => { console.log(error ? error.message : 'a shell'); process.exit(); }));
client.connect({ host: '127.0.0.1', port: $port, username: require('os').userInfo().username,
  privateKey: require('fs').readFileSync('user'), agent: process.env.SSH_AUTH_SOCK, agentForward: true });
")"
expected='ssh -A: a shell, no agent
ssh2: Unable to request agent forwarding'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
