#!/bin/bash
# electron-updater 6.8.10 sends a header x-user-staging-id to a generic feed, whatever the feed says of stages.
# One would expect a plain file server to be asked for a plain file. But a random id is made at the first look for an update, kept
# in the app's data (.updaterId), and sent with every one: whoever holds the feed can follow each installation, and the network
# that it moves to, without a word of rollouts in any configuration. Clearing requestHeaders does not leave it out; a header of
# the same name in requestHeaders takes its place.
# Seen: the same id from two runs; a fixed text once the app sets the header itself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts electron-updater@6.8.10 builder-util-runtime@9.7.0 >/dev/null
# What looks for an update needs nothing of Electron but the module's name.
mkdir -p node_modules/electron
echo 'module.exports = {}' >node_modules/electron/index.js
cat >look.cjs <<'EOF'
const http = require('node:http');
const { AppImageUpdater } = require('electron-updater');
const { HttpExecutor } = require('builder-util-runtime');
class NodeHttp extends HttpExecutor {
  createRequest(options, callback) {
    return http.request(options, callback);
  }
}
const ids = [];
const feed = 'version: 1.0.0\npath: a.AppImage\nsha512: YQ==\nfiles:\n  - url: a.AppImage\n    sha512: YQ==\n    size: 1\n';
const server = http.createServer((request, response) => {
  ids.push(request.headers['x-user-staging-id']);
  response.end(feed);
});
server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  for (const requestHeaders of [null, null, { 'x-user-staging-id': 'none' }]) {
    const updater = new AppImageUpdater(null, {
      version: '1.0.0', name: 'x', isPackaged: true, appUpdateConfigPath: '', userDataPath: process.cwd(),
      baseCachePath: process.cwd(), whenReady: () => Promise.resolve(), onQuit: () => {}, quit: () => {}, relaunch: () => {},
    });
    updater.httpExecutor = new NodeHttp();
    updater.setFeedURL({ provider: 'generic', url });
    updater.requestHeaders = requestHeaders;
    updater.logger = null;
    await updater.checkForUpdates();
  }
  server.close();
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  console.log(`an id: ${isId.test(ids[0])}; the same again: ${ids[0] === ids[1]}; overridden: ${ids[2]}`);
});
EOF
seen=$(APPIMAGE=$work/x.AppImage node look.cjs)
expected='an id: true; the same again: true; overridden: none'
echo "electron-updater $(node -p 'require("electron-updater/package.json").version')"
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
