#!/bin/bash
# ical.js 2.2.1 takes a TZID without a VTIMEZONE beside it for floating time, without an error.
# One would expect America/New_York to be known, since Node's Intl knows it, or an error. The same event is then read as
# another instant on each machine: noon of the reader's zone. Zones have to be registered with TimezoneService first.
# Seen: floating 2026-06-14T06:15:00.000Z (TZ=Asia/Kathmandu), floating 2026-06-14T12:00:00.000Z (TZ=UTC); right: 16:00 UTC
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts ical.js@2.2.1 >/dev/null
cat > read.mjs <<'SCRIPT'
import ICAL from 'ical.js';
const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', 'DTSTART;TZID=America/New_York:20260614T120000', 'END:VEVENT', 'END:VCALENDAR'];
const component = new ICAL.Component(ICAL.parse(lines.join('\r\n'))).getFirstSubcomponent('vevent');
const { startDate } = new ICAL.Event(component);
console.log(startDate.zone.tzid, startDate.toJSDate().toISOString());
SCRIPT
seen=$(TZ=Asia/Kathmandu node read.mjs; TZ=UTC node read.mjs)
expected='floating 2026-06-14T06:15:00.000Z
floating 2026-06-14T12:00:00.000Z'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
