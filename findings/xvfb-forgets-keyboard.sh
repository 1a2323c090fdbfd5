#!/bin/bash
# Xvfb (21.1.7 of Debian 12) forgets the keyboard's layout as soon as `setxkbmap` has set it.
# One would expect the layout to stay, as on a desktop. An X server starts anew when its last client goes, and alone on an Xvfb
# setxkbmap is the last one: it ends without an error, and a test of another layout then types on a US keyboard. With
# `-noreset` the layout stays.
# Seen: us by default, de with -noreset
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"; kill "${server:-}" 2>/dev/null || true' EXIT
cd "$work"
command -v Xvfb >/dev/null || apt-get install -y -qq --no-install-recommends xvfb >/dev/null
command -v setxkbmap >/dev/null || apt-get install -y -qq --no-install-recommends x11-xkb-utils >/dev/null
layout_with() {
  Xvfb -displayfd 3 -nolisten tcp "$@" 3>display >log 2>&1 &
  server=$!
  until [ -s display ]; do sleep 0.1; done
  export DISPLAY=":$(cat display)"
  setxkbmap de
  setxkbmap -query | awk '$1 == "layout:" { print $2 }'
  kill "$server"
  wait "$server" || true
  rm display
}
dpkg-query -W -f 'xvfb ${Version}\n' xvfb
seen="default: $(layout_with)
noreset: $(layout_with -noreset)"
expected='default: us
noreset: de'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
