#!/bin/bash
# @xterm/headless 6.0.0 gives an emoji one cell; a CJK character has two.
# One would expect two for both, as the shells and editors that run in the terminal count it (wcwidth since Unicode 9), so
# that a line with an emoji in it is edited one cell off. It counts by Unicode 6 until an addon brings newer widths.
# Seen: emoji 1, CJK 2
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts @xterm/headless@6.0.0 >/dev/null
seen=$(node -e "
const { Terminal } = require('@xterm/headless');
const terminal = new Terminal({ cols: 20, rows: 2, allowProposedApi: true });
terminal.write('\u{1F469}\u672C', () => {
  const line = terminal.buffer.active.getLine(0);
  console.log('emoji', line.getCell(0).getWidth() + ', CJK', line.getCell(1).getWidth());
});")
expected='emoji 1, CJK 2'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
