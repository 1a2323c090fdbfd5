#!/bin/bash
# fish 3.6.0 of Debian 12: two backslashes in single quotes are one; every other shell keeps both.
# One would expect single quotes to keep all as it stands, so that a text quoted for a POSIX shell means the same to fish.
# Windows paths, regular expressions and printf formats that are pasted into fish change without a word.
# Seen: sh: a\\b; bash: a\\b; zsh: a\\b; fish: a\b
set -euo pipefail
for shell in zsh fish; do
  command -v $shell >/dev/null || apt-get install -y -qq --no-install-recommends $shell >/dev/null
done
fish --version
seen=$(for shell in sh bash zsh fish; do printf '%s: %s\n' $shell "$($shell -c "printf %s 'a\\\\b'")"; done)
expected='sh: a\\b
bash: a\\b
zsh: a\\b
fish: a\b'
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
