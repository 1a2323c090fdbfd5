#!/bin/bash
# websockify 0.10.0 of Debian 12 opens a WebSocket before it knows whether the VNC server behind it answers.
# One would expect an HTTP error for a server that is down, as of a proxy (502). The WebSocket opens, and is closed by 1011 with a
# reason; where the server is there and hangs up it is 1000. A client that calls itself connected on `open`, or starts its
# count of attempts anew there, is wrong.
# Seen: server down: open, closed 1011 Failed to connect to downstream server; server hangs up: open, closed 1000 Target closed
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${proxy:-}" 2>/dev/null || true' EXIT
cd "$work"
command -v websockify >/dev/null || apt-get install -y -qq --no-install-recommends websockify >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts ws@8.18.0 >/dev/null
dpkg-query -W -f 'websockify ${Version}\n' websockify
websockify 127.0.0.1:22951 127.0.0.1:22953 >log 2>&1 &
proxy=$!
cat >ask.cjs <<'NODE'
const net = require('net');
const WebSocket = require('ws');
const ask = (label) =>
  new Promise((resolve) => {
    const seen = [];
    const socket = new WebSocket('ws://127.0.0.1:22951/', ['binary']);
    socket.on('open', () => seen.push('open'));
    socket.on('unexpected-response', (_, answer) => seen.push('HTTP ' + answer.statusCode));
    socket.on('error', (error) => seen.push(error.code ?? error.message));
    socket.on('close', (code, reason) => resolve(label + ': ' + [...seen, `closed ${code} ${reason}`].join(', ')));
  });
const isUp = () => new Promise((resolve) => {
  const socket = net.connect(22951, '127.0.0.1', () => (socket.destroy(), resolve(true)));
  socket.on('error', () => resolve(false));
});
(async () => {
  while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, 100));
  console.log(await ask('server down'));
  const server = net.createServer((socket) => socket.end('RFB 003.008\n'));
  await new Promise((resolve) => server.listen(22953, '127.0.0.1', resolve));
  console.log(await ask('server hangs up'));
  process.exit();
})();
NODE
seen=$(node ask.cjs)
expected='server down: open, closed 1011 Failed to connect to downstream server
server hangs up: open, closed 1000 Target closed'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
