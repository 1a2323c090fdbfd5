#!/bin/bash
# calcurse 4.7.1 of Debian 12 does not look at the UID of an event that it imports.
# One would expect a second import of the same calendar to change nothing, since RFC 5545 has the UID for that, and khal replaces
# an event by it. Each import adds all events once more, so that a calendar that is exported every month fills up.
# Seen: one event after the first import, two after the second.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v calcurse >/dev/null || apt-get install -y -qq --no-install-recommends calcurse >/dev/null
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//x//EN BEGIN:VEVENT UID:renewal-1@example.com DTSTAMP:20260601T000000Z \
  'DTSTART;VALUE=DATE:20260614' SUMMARY:renews END:VEVENT END:VCALENDAR >renewals.ics
mkdir data
export LC_ALL=C.UTF-8
calcurse --version | head -1
seen=$(for import in first second; do
  calcurse -D data -i renewals.ics >/dev/null
  echo "$import: $(wc -l <data/apts)"
done)
expected='first: 1
second: 2'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
