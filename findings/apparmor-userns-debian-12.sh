#!/bin/bash
# The AppArmor parser of Debian 12 (3.0.8) refuses a whole profile for the one rule that Ubuntu 24.04 made it be written for.
# Chromium's sandbox needs user namespaces, which Ubuntu 24.04 gives to programs with a profile that says `userns,`. One would
# expect a parser to pass over an abi or a kind of rule that it does not know, as the kernel does: then one profile would do
# everywhere. Each of both lines alone is an error, so that a package whose maintainer script loads the profile cannot be
# installed there unless it asks the parser first (`--skip-kernel-load`).
# Seen: both profiles refused, and the same without the two lines taken.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
. /etc/os-release
[ "$VERSION_CODENAME" = bookworm ] || { echo 'For Debian 12.' >&2; exit 1; }
command -v apparmor_parser >/dev/null || apt-get install -y -qq --no-install-recommends apparmor >/dev/null
profile() {
  printf '%s\n' "$1" 'profile app /opt/app/app flags=(unconfined) {' "$2" '}' >"$work/profile"
  if apparmor_parser --skip-kernel-load --skip-cache "$work/profile" >said 2>&1; then echo taken; else grep -o 'abi/4.0.*\|syntax error' said; fi
}
apparmor_parser --version | head -1
seen=$(
  echo "abi: $(profile 'abi <abi/4.0>,' '')"
  echo "userns: $(profile '' 'userns,')"
  echo "neither: $(profile '' '')"
)
expected="abi: abi/4.0': No such file or directory
userns: syntax error
neither: taken"
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
