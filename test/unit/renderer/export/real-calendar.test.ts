import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cents, InstanceId } from '../../../../preload/contract/brands.ts';
import { displayName, displayText } from '../../../../preload/contract/display-text.ts';
import type { Renewal } from '../../../../preload/contract/runway.ts';
import { renewalCalendar } from '../../../../renderer/views/wallet/wallet-exports.ts';
import { awkwardNames } from './awkward-servers.ts';

const run = promisify(execFile);
const locale = { ...process.env, LC_ALL: 'C.UTF-8' };
const isInstalled = spawnSync('khal', ['--version'], { env: locale }).status === 0;
if (!isInstalled) console.warn('Skipped: khal is not installed.');

const dayMs = 86_400_000;
const firstMs = Date.UTC(2026, 5, 14);

/** icalendar 4.0.3, by which khal reads, takes the backslash in front of a comma for none, and that in front of an n for a line's end. */
const planOf = (name: string): string => name.replace(/\\$/, '');

/** A renewal a day, of a server and a plan of that name. */
const renewals = awkwardNames.map((name, n): Renewal => ({
  instanceId: `id-${n}` as InstanceId,
  name,
  planName: planOf(name),
  atMs: firstMs + n * dayMs,
  months: 1,
  isCycleSeen: true,
  cents: 1000 as Cents,
  leftCents: 500 as Cents,
  shortCents: null,
  isAtLeast: false,
}));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calendar-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

/** Imports a file so many times into a calendar of its own; gives its events as khal lists them. */
async function readByKhal(text: string, timeZone: string, times: number) {
  const home = await mkdtemp(join(folder, 'khal-'));
  const [calendar, config, file] = [join(home, 'calendar'), join(home, 'config'), join(home, 'renewals.ics')];
  await mkdir(calendar);
  await writeFile(file, text);
  await writeFile(
    config,
    `[calendars]\n[[renewals]]\npath = ${calendar}\n[locale]\nlocal_timezone = ${timeZone}\ndefault_timezone = ${timeZone}\n` +
      `dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n[sqlite]\npath = ${join(home, 'khal.db')}\n`,
  );
  const khal = (...args: readonly string[]) =>
    run('khal', ['--no-color', '--config', config, ...args], {
      env: { ...locale, HOME: home, TZ: timeZone },
    });
  for (let time = 0; time < times; time += 1) {
    await khal('import', '--batch', '--include-calendar', 'renewals', file);
  }
  const { stdout } = await khal(
    'list',
    '--day-format',
    '',
    '--format',
    // What no name holds: control characters are taken out of them.
    ['{start-date} {end-date}', '{all-day}', '{uid}', '{title}', '{description}', '\u001e'].join('\u001f'),
    '2026-01-01',
    '600d',
  );
  const [last, ...events] = stdout.split('\u001f\u001e\n').toReversed();
  expect(last).toBe('');
  return events.toReversed().map((event) => {
    const [days, isAllDay, uid, title, description = ''] = event.split('\u001f');
    return { days, isAllDay, uid, title, plan: description.split('\n')[0] };
  });
}

describe.skipIf(!isInstalled)('khal reads the renewals', () => {
  it.each(['UTC', 'America/New_York', 'Pacific/Kiritimati'])(
    'in %s as a whole day each, with the name of its instance, and once where they are imported twice',
    { timeout: 120_000 },
    async (timeZone) => {
      const [earlier, later] = [renewals.slice(0, 20), renewals.slice(20)];
      const text = renewalCalendar({ renewals: earlier, later, atMs: firstMs - dayMs }, timeZone);
      expect(await readByKhal(text, timeZone, 2)).toEqual(
        renewals.map(({ instanceId, name, atMs }) => {
          const day = new Date(atMs).toISOString().slice(0, 10);
          return {
            days: `${day} ${day}`,
            isAllDay: 'True',
            uid: `renewal-${instanceId}-${atMs}@evorxa-desktop`,
            title: `${displayName({ id: instanceId, name })} renews: $10.00`,
            plan: `Plan ${displayText(planOf(name), 100) || 'unknown'}, for 1 month.`,
          };
        }),
      );
    },
  );
});
