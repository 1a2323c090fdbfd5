#!/bin/bash
# sftp-server (OpenSSH 9.2p1 of Debian 12), asked by ssh2 1.17.0: REALPATH of a file that does not exist is answered with its path.
# One would expect "No such file", as for a path whose folder does not exist: the last part alone may be missing. A client that
# takes the answer for "it is there" shows a folder that cannot be listed. And `file/..` is the file's folder, where the kernel
# says ENOTDIR.
# Seen: missing: (folder)/missing; missing/deeper: No such file; file/..: (folder)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
[ -x /usr/lib/openssh/sftp-server ] || apt-get install -y -qq --no-install-recommends openssh-sftp-server >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts ssh2@1.17.0 >/dev/null
dpkg-query -W -f 'openssh-sftp-server ${Version}\n' openssh-sftp-server
mkdir folder
touch folder/file
# The server speaks over its standard input and output: no sshd is needed for it.
cat >ask.cjs <<'NODE'
const { spawn } = require('child_process');
const path = require('path');
const [, , folder] = process.argv;
const server = spawn('/usr/lib/openssh/sftp-server');
const { SFTP } = require('ssh2/lib/protocol/SFTP.js');
const protocol = {
  _debug: undefined,
  channelData: (_id, data) => server.stdin.write(data),
  channelWindowAdjust: () => undefined,
};
const client = {
  _protocol: protocol,
  _chanMgr: { remove: () => undefined },
};
const sftp = new SFTP(client, {
  type: 'sftp',
  incoming: { id: 0, window: 1 << 30, packetSize: 1 << 15, state: 'open' },
  outgoing: { id: 0, window: 1 << 30, packetSize: 1 << 15, state: 'open' },
});
server.stdout.on('data', (data) => sftp.push(data));
const ask = (call, ...rest) =>
  new Promise((resolve) =>
    sftp[call](...rest, (error, value) => resolve(error ? error.message : String(value)))
  );
sftp.on('ready', async () => {
  const said = async (label, ...question) =>
    console.log(label + ': ' + (await ask(...question)).replace(folder, '(folder)'));
  await said('missing', 'realpath', path.join(folder, 'missing'));
  await said('missing/deeper', 'realpath', path.join(folder, 'missing/deeper'));
  await said('file/..', 'realpath', folder + '/file/..');
  server.kill();
  process.exit();
});
sftp._init();
NODE
seen=$(node ask.cjs "$(realpath folder)")
expected='missing: (folder)/missing
missing/deeper: No such file
file/..: (folder)'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
