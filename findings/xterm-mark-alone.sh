#!/bin/bash
# @xterm/headless 6.0.0: a combining mark with nothing before it takes a column; behind a letter it takes none.
# One would expect none in both places, as wcwidth has it and as a shell's line editor counts it. A line that begins with one
# (a prompt after a cut, `ls` of a file called so) is a column off from there on.
# Seen: after a letter: cursor at 1; alone: cursor at 1 (and not 0)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts @xterm/headless@6.0.0 >/dev/null
seen=$(node -e "
const { Terminal } = require('@xterm/headless');
const width = (text) => new Promise((resolve) => {
  const terminal = new Terminal({ cols: 20, rows: 2, allowProposedApi: true });
  terminal.write(text, () => resolve(terminal.buffer.active.cursorX));
});
(async () => console.log('after a letter: ' + await width('e\u0301') + '\nalone: ' + await width('\u0301')))();
")
expected='after a letter: 1
alone: 1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
