#!/bin/bash
# dunst 1.9.0 of Debian 12 says that a notification has expired as soon as another one with the same words comes.
# One would expect two notifications, or one that stays and goes on under its id. The second takes the first one's place: the
# first one's id is closed by reason 1 (expired) though its text is still on the screen, and a click on it is told for the
# second id alone. A program that drops what belongs to a closed notification no longer answers that click.
# Seen: sent 2 and 3; closed: 2 by reason 1; on screen: 1
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
for program in dunst Xvfb dbus-run-session gdbus dbus-monitor; do
  command -v $program >/dev/null || apt-get install -y -qq --no-install-recommends dunst xvfb dbus libglib2.0-bin >/dev/null
done
dpkg-query -W -f 'dunst ${Version}\n' dunst
Xvfb -displayfd 3 -nolisten tcp 3>display >log 2>&1 &
until [ -s display ]; do sleep 0.1; done
export DISPLAY=":$(cat display)"
cat >talk.sh <<'TALK'
bus() {
  gdbus call --session --dest org.freedesktop.Notifications --object-path /org/freedesktop/Notifications \
    --method org.freedesktop.Notifications."$@"
}
dunst >/dev/null 2>&1 &
until bus GetServerInformation >/dev/null 2>&1; do sleep 0.1; done
dbus-monitor --session --profile "member='NotificationClosed'" >seen 2>/dev/null &
dbus-monitor --session "member='NotificationClosed'" >closed 2>/dev/null &
until [ -s seen ] && [ -s closed ]; do sleep 0.1; done
for _ in first second; do bus Notify app 0 '' 'web-1 has stopped' '' '[]' '{}' 60000 | tr -dc '0-9 ' | awk '{ print "sent " $2 }'; done
until grep -q uint32 closed; do sleep 0.1; done
sleep 0.5
awk '/member=NotificationClosed/ { named = 2 } named && /uint32/ { printf "%s%s", named == 2 ? "closed " : " by reason ", $2; named--; if (!named) print "" }' closed
echo "on screen $(dunstctl count displayed)"
TALK
seen=$(dbus-run-session -- bash talk.sh 2>/dev/null)
expected='sent 2
sent 3
closed 2 by reason 1
on screen 1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
