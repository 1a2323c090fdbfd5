#!/bin/bash
# @xterm/headless 6.0.0: a restored cursor (DECRC, ESC 8) ends a link that is open (OSC 8), and the next underline brings
# it back.
# One would expect one or the other: that the link goes on, since it is no part of what DECSC saves, or that it has ended.
# Seen: before linked, after ESC 8 plain, after SGR 4 linked
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts @xterm/headless@6.0.0 >/dev/null
seen=$(node -e "
const { Terminal } = require('@xterm/headless');
const terminal = new Terminal({ cols: 10, rows: 2, allowProposedApi: true });
const esc = '\u001b';
// One column further each time, since the cursor goes back to where it was saved.
terminal.write(esc + '7' + esc + ']8;;https://example.com/' + esc + '\\\\\\\\a' + esc + '8' + esc + '[Cb' + esc + '[4mc', () => {
  const line = terminal.buffer.active.getLine(0);
  const linked = (column) => (line.getCell(column).extended.urlId === 0 || !line.getCell(column).hasExtendedAttrs() ? 'plain' : 'linked');
  console.log('before ' + linked(0) + ', after ESC 8 ' + linked(1) + ', after SGR 4 ' + linked(2));
});")
expected='before linked, after ESC 8 plain, after SGR 4 linked'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
