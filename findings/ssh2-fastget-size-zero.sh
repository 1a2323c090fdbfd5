#!/bin/bash
# ssh2 1.17.0: `fastGet` copies nothing of a file whose size the server says is 0, and calls that a success.
# One would expect it to read until the end of the file, as OpenSSH's `sftp` and ssh2's own `createReadStream` do. Files of
# /proc and /sys have that size: a download of /proc/cpuinfo is an empty file, without an error.
# Seen: fastGet: ok, 0 bytes; read stream: more than 0 bytes
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${server:-}" 2>/dev/null || true' EXIT
cd "$work"
[ -x /usr/sbin/sshd ] || apt-get install -y -qq --no-install-recommends openssh-server >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts ssh2@1.17.0 >/dev/null
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f user
port=22947
cat >config <<CONFIG
HostKey $work/host
AuthorizedKeysFile $work/user.pub
StrictModes no
ListenAddress 127.0.0.1:$port
PidFile none
PermitRootLogin yes
Subsystem sftp internal-sftp
CONFIG
/usr/sbin/sshd -D -e -f config 2>log &
server=$!
until grep -q 'Server listening' log; do sleep 0.1; done
seen=$(node -e "
const { Client } = require('ssh2');
const { readFileSync, statSync } = require('fs');
const client = new Client();
client.on('ready', () => client.sftp((_, sftp) =>
  sftp.fastGet('/proc/cpuinfo', 'copy', (error) => {
    console.log('fastGet: ' + (error ? error.message : 'ok') + ', ' + statSync('copy').size + ' bytes');
    let bytes = 0;
    sftp.createReadStream('/proc/cpuinfo').on('data', (chunk) => (bytes += chunk.length)).on('end', () => {
      console.log('read stream: ' + (bytes > 0 ? 'more than ' : '') + '0 bytes');
      process.exit();
    });
  })));
client.connect({ host: '127.0.0.1', port: $port, username: require('os').userInfo().username, privateKey: readFileSync('user') });
")
expected='fastGet: ok, 0 bytes
read stream: more than 0 bytes'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
