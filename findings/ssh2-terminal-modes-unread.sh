#!/bin/bash
# A server made with ssh2 1.17.0 never learns a terminal's modes: the `pty` event has `modes: {}`, whatever the client sends.
# One would expect what the client named. But the list is read from its second byte on: an operation's number is passed over, its
# value is taken for numbers, and the first zero in it ends the list. ssh(1) is given a terminal, and its modes are lost without a word.
# Seen: sent ECHO 0 and VINTR 7, read {}.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ssh2@1.17.0 >/dev/null
cat >pty.cjs <<'EOF'
const { Server, Client, utils } = require('ssh2');
const { private: hostKey } = utils.generateKeyPairSync('rsa', { bits: 2048 });
const server = new Server({ hostKeys: [hostKey] }, (client) => {
  client.on('error', () => {});
  client.on('authentication', (context) => context.accept());
  client.on('session', (accept) => {
    accept().on('pty', (acceptPty, _, { modes }) => {
      console.log(`modes: ${JSON.stringify(modes)}`);
      acceptPty();
    }).on('shell', (acceptShell) => {
      const shell = acceptShell();
      shell.exit(0);
      shell.end();
    });
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = new Client();
  client.on('ready', () => {
    client.shell({ cols: 80, rows: 24, modes: { ECHO: 0, VINTR: 7 } }, () => {
      client.end();
      server.close();
    });
  });
  client.connect({ host: '127.0.0.1', port: server.address().port, username: 'jane', password: 'x' });
});
EOF
seen=$(node pty.cjs)
echo "ssh2 $(node -p 'require("ssh2/package.json").version')"
echo "$seen"
[ "$seen" = 'modes: {}' ] || { echo 'This has changed.' >&2; exit 1; }
