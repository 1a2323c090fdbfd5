#!/bin/bash
# csv-parse 7.0.3 keeps a byte order mark as a part of the first column's name.
# One would expect a reader that takes text to drop it: spreadsheets write one in front of each "CSV UTF-8" file. A lookup
# of the first column by its name then finds nothing, and the name looks right when it is printed. `bom: true` drops it.
# Seen: ["\ufeffid","name"] undefined / ["id","name"] "1"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --silent --ignore-scripts csv-parse@7.0.3 >/dev/null
seen=$(node --input-type=module -e "
import { parse } from 'csv-parse/sync';
const ascii = (value) => JSON.stringify(value)?.replace(/\ufeff/g, '\\\\ufeff');
for (const options of [{}, { bom: true }]) {
  const [row] = parse('\ufeffid,name\n1,web\n', { columns: true, ...options });
  console.log(ascii(Object.keys(row)), ascii(row.id));
}")
expected='["\ufeffid","name"] undefined
["id","name"] "1"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
