#!/bin/bash
# @napi-rs/keyring 2.1.2 with gnome-keyring 42.1 of Debian 12: an entry's target is a keyring of its own.
# One would expect the target of `Entry.withTarget` to be one more name by which the secret is found, like service and
# account. To store under it makes a new keyring of the Secret Service, whose password the desktop asks for in a dialog; without
# one it throws. To read under a target that nobody stored gives null, so that only the first write shows it.
# Seen: plain: stored; target read: null; target written: Couldn't access platform storage
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for program in gnome-keyring-daemon dbus-run-session; do
  command -v $program >/dev/null || apt-get install -y -qq --no-install-recommends gnome-keyring dbus >/dev/null
done
npm install --no-audit --no-fund --silent --ignore-scripts @napi-rs/keyring@2.1.2 >/dev/null
dpkg-query -W -f 'gnome-keyring ${Version}\n' gnome-keyring
cat >ask.cjs <<'NODE'
const { Entry } = require('@napi-rs/keyring');
const said = (label, act) => {
  try {
    console.log(label + ': ' + act());
  } catch (error) {
    console.log(label + ': ' + error.message.split(':')[0]);
  }
};
const plain = new Entry('service', 'account');
const other = Entry.withTarget('target', 'service', 'account');
said('plain', () => (plain.setPassword('secret'), plain.getPassword() === 'secret' ? 'stored' : 'lost'));
said('target read', () => other.getPassword());
said('target written', () => other.setPassword('secret'));
NODE
unset DISPLAY WAYLAND_DISPLAY
export HOME="$work/home"
mkdir home
seen=$(dbus-run-session -- bash -c '
  printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  node ask.cjs' 2>/dev/null)
expected="plain: stored
target read: null
target written: Couldn't access platform storage"
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
