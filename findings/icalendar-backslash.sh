#!/bin/bash
# icalendar 4.0.3 of Debian 12 (what khal reads calendars with) undoes the escapes of RFC 5545, 3.3.11, one kind after the other, and
# not from left to right.
# One would expect a text that was written by the rule to come back as it was. The backslash of "C:\new" is written as two, and the
# second is then taken for that of "\n", a line's end; in front of a comma or a semicolon the backslash is lost.
# Seen: "C:\new" read as "C:", a line's end, "ew"; "a\, b" as "a, b".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
/usr/bin/python3 -c 'import icalendar' 2>/dev/null || apt-get install -y -qq --no-install-recommends python3-icalendar >/dev/null
cat >read.py <<'PYTHON'
import icalendar

print(icalendar.__version__)
for text in ('C:\\new', 'a\\, b', 'a, b; c', 'one\ntwo'):
    value = text.replace('\\', '\\\\').replace(',', '\\,').replace(';', '\\;').replace('\n', '\\n')
    lines = ('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', 'BEGIN:VEVENT', 'UID:1@example.com', 'DTSTAMP:20260601T000000Z',
             'DTSTART;VALUE=DATE:20260614', 'SUMMARY:' + value, 'END:VEVENT', 'END:VCALENDAR', '')
    event = icalendar.Calendar.from_ical('\r\n'.join(lines)).walk('VEVENT')[0]
    print(ascii(text), value.replace('\n', ' '), ascii(str(event['SUMMARY'])))
PYTHON
seen=$(/usr/bin/python3 read.py)
expected=$(cat <<'TEXT'
4.0.3
'C:\\new' C:\\new 'C:\new'
'a\\, b' a\\\, b 'a, b'
'a, b; c' a\, b\; c 'a, b; c'
'one\ntwo' one\ntwo 'one\ntwo'
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
