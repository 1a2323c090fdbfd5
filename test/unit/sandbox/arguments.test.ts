import { expect, test } from 'vitest';
import { parseArguments } from '../../../main/sandbox/arguments.ts';

test('nothing asked for: the defaults of startSandbox, with SSH', () => {
  expect(parseArguments([])).toEqual({
    demoScript: false,
    sshHosts: true,
    json: false,
    untilStdinCloses: false,
  });
});

test('everything asked for', () => {
  const pages = '--page-size 15 --page-links cursor';
  const line = '--port 8080 --instances 10000 --seed 7 --speed 20 --variant wrapped --demo --no-ssh --json';
  const start = '2026-12-31T23:58:00Z';
  expect(
    parseArguments([...line.split(' '), ...pages.split(' '), '--until-stdin-closes', '--start', start]),
  ).toEqual({
    startMs: Date.parse(start),
    port: 8080,
    instances: 10_000,
    seed: 7,
    speed: 20,
    variant: 'wrapped',
    pageSize: 15,
    pageLinks: 'cursor',
    demoScript: true,
    sshHosts: false,
    json: true,
    untilStdinCloses: true,
  });
});

test.each([
  [['--port', '70000'], '--port takes a number from 0 to 65535.'],
  [['--instances', '-1'], '--instances'],
  [['--instances', 'many'], '--instances takes a number'],
  [['--variant', 'other'], '--variant is one of bare, wrapped, laravel, virtfusion.'],
  [['--page-size', '0'], '--page-size takes a number from 1 to 1000.'],
  [['--page-links', 'none'], '--page-links is one of laravel, next_page_url, meta, camel, cursor, stuck.'],
  [['--start', '31 December'], '--start takes a time'],
  [['--start', '2026-12-31T23:58'], '--start takes a time'],
  [['--unknown'], 'Unknown option'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => parseArguments(args)).toThrow(sentence);
});
