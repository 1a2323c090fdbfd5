#!/bin/bash
# @napi-rs/keyring 2.1.2 with gnome-keyring 42.1 of Debian 12: to make an AsyncEntry asks the daemon, and waits for the answer.
# One would expect a class whose calls are all promises to hold nobody: `new AsyncEntry` looks like a name that is read later. It
# opens a session with the Secret Service on the thread that makes it. While the daemon is stopped, as one that is debugged or
# swapped out, no timer of the program runs for two seconds, and then the constructor throws; no promise ever rejects.
# Seen: awake: made, loop free; stopped: thrown, loop held for 2 s
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for program in gnome-keyring-daemon dbus-run-session gdbus; do
  command -v $program >/dev/null || apt-get install -y -qq --no-install-recommends gnome-keyring dbus libglib2.0-bin >/dev/null
done
npm install --no-audit --no-fund --silent --ignore-scripts @napi-rs/keyring@2.1.2 >/dev/null
dpkg-query -W -f 'gnome-keyring ${Version}\n' gnome-keyring
cat >make.cjs <<'NODE'
const { setTimeout: wait } = require('node:timers/promises');
const { AsyncEntry } = require('@napi-rs/keyring');
(async () => {
  let lastMs = performance.now();
  let longestMs = 0;
  const beat = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs);
    lastMs = performance.now();
  }, 20);
  await wait(200);
  longestMs = 0;
  let outcome = 'made';
  try {
    new AsyncEntry('service', 'account', { linux: { store: 'secret-service' } });
  } catch {
    outcome = 'thrown';
  }
  await wait(100);
  clearInterval(beat);
  const seconds = Math.round(longestMs / 1000);
  console.log(`${process.argv[2]}: ${outcome}, loop ${seconds === 0 ? 'free' : `held for ${seconds} s`}`);
})();
NODE
unset DISPLAY WAYLAND_DISPLAY
export HOME="$work/home"
mkdir home
cat >talk.sh <<'TALK'
printf password | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
until gdbus call --session --dest org.freedesktop.DBus --object-path / --method org.freedesktop.DBus.NameHasOwner \
  org.freedesktop.secrets | grep -q true; do sleep 0.1; done
node make.cjs awake
kill -STOP $daemon
node make.cjs stopped
kill -KILL $daemon
TALK
seen=$(dbus-run-session -- bash talk.sh 2>/dev/null)
expected='awake: made, loop free
stopped: thrown, loop held for 2 s'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
