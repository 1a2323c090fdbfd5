#!/bin/bash
# @xterm/headless 6.0.0 and @xterm/addon-serialize 0.14.0: a terminal that was made narrower keeps the columns that went, on the
# alternate screen. One would expect lines as long as the terminal is wide, as on the normal screen. A line of it is longer
# than `cols`, its text has what nobody sees, and what the addon writes runs over: in a terminal of that width every line
# below stands one too low.
# Seen: 10 columns, line of 20, written again: 0123456789/abcdefghij/below
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts @xterm/headless@6.0.0 @xterm/addon-serialize@0.14.0 >/dev/null
seen=$(node -e "
const { Terminal } = require('@xterm/headless');
const { SerializeAddon } = require('@xterm/addon-serialize');
const make = (cols) => new Terminal({ cols, rows: 4, allowProposedApi: true });
const write = (terminal, text) => new Promise((resolve) => terminal.write(text, resolve));
(async () => {
  const terminal = make(20);
  const addon = new SerializeAddon();
  terminal.loadAddon(addon);
  await write(terminal, '\u001b[?1049h0123456789abcdefghij\r\nbelow');
  terminal.resize(10, 4);
  const again = make(10);
  await write(again, addon.serialize());
  const lines = [0, 1, 2].map((row) => again.buffer.active.getLine(row).translateToString(true));
  const { length } = terminal.buffer.active.getLine(0);
  console.log(terminal.cols + ' columns, line of ' + length + ', written again: ' + lines.join('/'));
})();")
expected='10 columns, line of 20, written again: 0123456789/abcdefghij/below'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
