#!/bin/bash
# A shell that ssh2 1.17.0 asks for has a terminal that takes bytes for characters, of 640 by 480 pixels that nobody measured.
# One would expect what ssh(1) gives. But ssh2 sends no terminal modes unless told, has no name for IUTF8 (RFC 8160), which ssh(1)
# sends, and sshd leaves what Linux begins with: backspace takes one byte of an é away wherever no line editor reads (`read`,
# `cat`, a password). An object of modes that names IUTF8 is taken without an error, and nothing is sent; bytes of one's own are.
# Seen with OpenSSH 9.2p1: é, backspace, a is read as c3 61; with { IUTF8: 1 } too; with the bytes of that mode as 61.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${server:-}" 2>/dev/null || true' EXIT
cd "$work"
[ -x /usr/sbin/sshd ] || apt-get install -y -qq --no-install-recommends openssh-server >/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ssh2@1.17.0 >/dev/null
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f user
cat >config <<CONFIG
HostKey $work/host
AuthorizedKeysFile $work/user.pub
StrictModes no
ListenAddress 127.0.0.1:22959
PidFile none
PermitRootLogin yes
ForceCommand perl -e 'ioctl(STDIN, 0x5413, \$size = "\\\\0" x 8); print join("x", (unpack "S4", \$size)[2, 3]), " ready\\\\n"'; head -n 1 | od -An -tx1
CONFIG
/usr/sbin/sshd -D -e -f config 2>log &
server=$!
until grep -q 'Server listening' log; do sleep 0.1; done
cat >shell.cjs <<'EOF'
const { readFileSync } = require('node:fs');
const { Client } = require('ssh2');
const ask = (modes) => new Promise((resolve, reject) => {
  const client = new Client();
  client.on('error', reject).on('ready', () => {
    client.shell({ cols: 80, rows: 24, ...modes }, (error, channel) => {
      if (error) return reject(error);
      let text = '';
      channel.on('data', (data) => {
        const wasReady = text.includes('ready');
        text += data;
        if (!wasReady && text.includes('ready')) channel.write('é\u007fa\n');
      });
      channel.on('close', () => {
        client.end();
        const [, pixels] = /(\d+x\d+) ready/.exec(text) ?? [];
        resolve(`${pixels}, read as${/((?: [0-9a-f]{2})+) 0a/.exec(text)?.[1]}`);
      });
    });
  });
  client.connect({ host: '127.0.0.1', port: 22959, username: 'root', privateKey: readFileSync('user') });
});
(async () => {
  console.log(`as it is: ${await ask({})}`);
  console.log(`{ IUTF8: 1 }: ${await ask({ modes: { IUTF8: 1 } })}`);
  console.log(`bytes: ${await ask({ modes: Buffer.from([42, 0, 0, 0, 1, 0]), width: 0, height: 0 })}`);
})();
EOF
seen=$(node shell.cjs)
expected='as it is: 640x480, read as c3 61
{ IUTF8: 1 }: 640x480, read as c3 61
bytes: 0x0, read as 61'
echo "ssh2 $(node -p 'require("ssh2/package.json").version'), $(ssh -V 2>&1)"
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
