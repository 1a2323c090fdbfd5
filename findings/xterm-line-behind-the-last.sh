#!/bin/bash
# @xterm/headless 6.0.0: `buffer.getLine(buffer.length)` is the first line again, once the buffer is full.
# One would expect undefined, as its types promise for a line that does not exist, and as it is while there is room: on the
# normal screen until the scrollback is full, so that a loop that looks one line ahead works in every short test. The
# alternate screen is full from the beginning.
# Seen: room undefined, alternate first, full first
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts @xterm/headless@6.0.0 >/dev/null
seen=$(node -e "
const { Terminal } = require('@xterm/headless');
const behind = (text) => new Promise((resolve) => {
  const terminal = new Terminal({ cols: 10, rows: 3, scrollback: 2, allowProposedApi: true });
  terminal.write(text, () => {
    const { active } = terminal.buffer;
    const line = active.getLine(active.length)?.translateToString(true);
    resolve(line === undefined ? 'undefined' : line === active.getLine(0).translateToString(true) ? 'first' : line);
  });
});
(async () => {
  const room = await behind('a\r\nb\r\nc');
  const alternate = await behind('\u001b[?1049ha\r\nb\r\nc');
  const full = await behind('a\r\nb\r\nc\r\nd\r\ne');
  console.log('room ' + room + ', alternate ' + alternate + ', full ' + full);
})();")
expected='room undefined, alternate first, full first'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
