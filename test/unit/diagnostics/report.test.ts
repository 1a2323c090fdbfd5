import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lastErrors, readLogTail } from '../../../main/diagnostics/log-tail.ts';
import { writeReport, type DiagnosticFacts } from '../../../main/diagnostics/report.ts';
import { defaultSettings } from '../../../main/settings/settings.ts';

const facts: DiagnosticFacts = {
  about: {
    version: '1.2.0',
    commit: 'abc123def456',
    builtAtMs: Date.UTC(2026, 10, 20),
    electron: '45.4.1',
    chromium: '150.0',
    node: '24.1.0',
    system: 'Debian GNU/Linux 12',
    arch: 'x64',
  },
  atMs: Date.UTC(2026, 10, 30, 4),
  session: [['Desktop', 'GNOME']],
  settings: defaultSettings,
  accounts: [
    {
      kind: 'token',
      access: 'ready',
      storage: 'keychain',
      apiHost: 'api.evorxa.com',
      hasWriteToken: true,
      instanceCount: 1,
      apiStatus: 'live',
    },
  ],
  drift: [
    { resource: 'shield-ips', gaps: { cut: null, unreadable: [{ field: 'rules.src_cidr', count: 3 }] } },
  ],
  missing: [{ kind: 'tray-host', command: null }],
  warnings: [{ kind: 'keychain-locked' }],
  updates: { kind: 'check-failed', problem: { kind: 'unsigned' }, atMs: 1 },
  errors: [],
};

it('tells what the app and its system are like', () => {
  const text = writeReport(facts);
  for (const line of [
    '- Version: 1.2.0',
    '- Commit: abc123def456',
    '- Built: 2026-11-20T00:00:00.000Z',
    '- Electron 45.4.1, Chromium 150.0, Node.js 24.1.0',
    '- Report from: 2026-11-30T04:00:00.000Z',
    '- Desktop: GNOME',
    '- check-failed: The update was refused: it is not signed.',
    '- tray-host',
    '- keychain-locked',
    '- Account at api.evorxa.com: ready, token in the keychain, write token, 1 instance, data live',
    '- shield-ips: 3 rows have a field that could not be read: rules.src_cidr.',
    '  "theme": "system",',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toMatch(/## Last errors\n\nNone\.\n$/);
});

it('fences errors so that none of them ends it', () => {
  const text = writeReport({ ...facts, errors: ['```\n# Another report'] });
  expect(text).toContain('````text\n```\n# Another report\n````');
});

it('takes the errors and warnings out of a log, with their stacks', () => {
  const log = [
    '    at the end of an entry that began before',
    '[2026-11-30 03:54:16.123] [info]  instances.list 200',
    '[2026-11-30 03:54:17.123] [warn]  No update was taken: unsigned.',
    '[2026-11-30 03:54:18.123] [error] A part of the app failed. Error: x',
    '    at one (app.js:1:2)',
    '[2026-11-30 03:54:19.123] [info]  instances.list 200',
    '',
  ].join('\n');
  expect(lastErrors(log)).toEqual([
    '[2026-11-30 03:54:17.123] [warn]  No update was taken: unsigned.',
    '[2026-11-30 03:54:18.123] [error] A part of the app failed. Error: x\n    at one (app.js:1:2)',
  ]);
});

it('takes the last thirty, and cuts a long one at a line', () => {
  const head = '[2026-11-30 03:54:16.123] [error]';
  const many = Array.from({ length: 40 }, (_, index) => `${head} number ${index}`).join('\n');
  const taken = lastErrors(many);
  expect(taken).toHaveLength(30);
  expect(taken.at(-1)).toBe(`${head} number 39`);
  const [long] = lastErrors(`${head} x\n${'y'.repeat(1_900)}\n${'z'.repeat(500)}`);
  expect(long).toBe(`${head} x\n${'y'.repeat(1_900)}\n(cut)`);
});

it('reads the end of a log from the beginning of a line, and none where there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-log-'));
  const path = join(folder, 'main.log');
  expect(await readLogTail(path)).toBe('');
  await writeFile(path, 'a\nb\n');
  expect(await readLogTail(path)).toBe('a\nb\n');
  await writeFile(path, `${'x'.repeat(99)}\n`.repeat(10_000));
  const tail = await readLogTail(path);
  expect(tail.length).toBeGreaterThan(500_000);
  expect(tail.length % 100).toBe(0);
  await rm(folder, { recursive: true });
});
