import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../../../preload/contract/brands.ts';
import { addressOf, runTexts, type RunTarget } from '../../../../renderer/snippets/snippet-run.ts';
import { importWords } from '../../../../renderer/snippets/import-words.ts';
import { instanceId } from '../../monitor/builders.ts';

const target = (id: string, title: string, mainIp: string | null): RunTarget => ({
  session: {
    id: id as SessionId,
    title,
    target: `deploy@${mainIp ?? 'host.example'}:2222 through jump@bastion`,
    instanceId: instanceId(title),
  },
  instance: { name: title, mainIp },
});

it.each([
  ['root@203.0.113.42', { user: 'root', host: '203.0.113.42' }],
  ['root@203.0.113.42:2222 through a@b:22', { user: 'root', host: '203.0.113.42' }],
  ['root@2001:db8::1', { user: 'root', host: '2001:db8::1' }],
  ['a@b@[2001:db8::1]:2222', { user: 'a@b', host: '2001:db8::1' }],
])('who signed in where is read of a target: %s', (text, address) => {
  expect(addressOf(text)).toEqual(address);
});

describe('a snippet', () => {
  it('has in each terminal the values of its instance, and those that were asked for', () => {
    const texts = runTexts(
      'echo {{name}} {{ip}} {{id}} {{user}}@{{host}} {{what}}',
      [target('a', 'web', '203.0.113.1'), target('b', "x'; id", '203.0.113.2')],
      { what: 'two words' },
    );
    expect(texts.map(({ text }) => text)).toEqual([
      `echo web 203.0.113.1 ${instanceId('web')} deploy@203.0.113.1 'two words'`,
      expect.stringContaining("'x'\\''; id' 203.0.113.2"),
    ]);
  });

  it('is told once for terminals with the same text', () => {
    expect(runTexts('uptime', [target('a', 'web', null), target('b', 'db', null)], {})).toEqual([
      { ids: ['a', 'b'], titles: ['web', 'db'], text: 'uptime', problem: null },
    ]);
  });

  it('has no text where an instance has no address, or is gone', () => {
    expect(runTexts('ping {{ip}}', [target('a', 'web', null)], {})[0]?.problem).toMatch(
      /\{\{ip\}\} is not known/,
    );
    const gone = { ...target('a', 'web', null), instance: null };
    expect(runTexts('echo {{name}}', [gone], {})[0]?.text).toBe('echo web');
  });
});

it('an import says what it came to', () => {
  expect(importWords({ addedCount: 2, knownCount: 0, unreadableCount: 0 })).toBe('Added 2 snippets.');
  expect(importWords({ addedCount: 0, knownCount: 1, unreadableCount: 3 })).toBe(
    'Nothing was added. 1 snippet was there already. 3 could not be read.',
  );
});
