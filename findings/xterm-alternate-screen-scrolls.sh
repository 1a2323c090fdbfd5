#!/bin/bash
# @xterm/headless 6.0.0: once a terminal was made shorter while a shell was in front, its alternate screen keeps lines that scroll away.
# One would expect none, as xterm.js promises of that screen and keeps in a terminal that always had its size. But room for lines is
# taken back only from a screen that has some, and the alternate one is empty until a program asks for it: it may grow to the
# height of before. What vim or less scrolls goes there, and a cursor that was saved comes back on another line than the program
# put it.
# Seen: 12 rows made 6, four lines scrolled: 2 above the screen, saved on row 4, back on row 2; made with 6 rows: 0, row 4.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts @xterm/headless@6.0.0 >/dev/null
seen=$(node -e "
const { Terminal } = require('@xterm/headless');
const look = async (rows) => {
  const terminal = new Terminal({ cols: 20, rows, allowProposedApi: true });
  terminal.resize(20, 6);
  const program = '\u001b[?1049h\u001b[4;1H\u001b7\r\n\r\n\r\n\r\n\u001b8';
  await new Promise((resolve) => terminal.write(program, resolve));
  const { baseY, cursorY } = terminal.buffer.alternate;
  return baseY + ' above, back on row ' + (cursorY + 1);
};
(async () => console.log('made shorter: ' + (await look(12)) + '; always so: ' + (await look(6))))();
")
expected='made shorter: 2 above, back on row 2; always so: 0 above, back on row 4'
echo "@xterm/headless $(node -p 'require("@xterm/headless/package.json").version')"
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
