import { describe, expect, it } from 'vitest';
import type { TranscriptEntry } from '../../../../../preload/contract/agent.ts';
import { conversationMarkdown } from '../../../../../renderer/views/agent/conversation-markdown.ts';
import { digestOf } from '../../../../../renderer/views/agent/digest.ts';
import { blocksOf, type Block, type Inline } from '../../../../../renderer/views/agent/markdown.ts';
import { visibleText } from '../../../../../preload/contract/visible-text.ts';

/** What the agent says, as it is drawn: the kinds of what there is, and its text. */
function drawn(text: string): { readonly kinds: ReadonlySet<string>; readonly text: string } {
  const kinds = new Set<string>();
  const ofInlines = (parts: readonly Inline[]): string =>
    parts
      .map((part) => {
        kinds.add(part.kind);
        return 'parts' in part ? ofInlines(part.parts) : 'text' in part ? part.text : '\n';
      })
      .join('');
  const ofBlocks = (blocks: readonly Block[]): string =>
    blocks
      .map((block) => {
        kinds.add(block.kind);
        if (block.kind === 'code') return block.text;
        if (block.kind === 'quote') return ofBlocks(block.blocks);
        if (block.kind === 'list') return block.items.map(ofBlocks).join('\n');
        if (block.kind === 'table') return block.rows.map((row) => row.map(ofInlines).join('|')).join('\n');
        return 'parts' in block ? ofInlines(block.parts) : '---';
      })
      .join('\n');
  const shown = ofBlocks(blocksOf(visibleText(text)));
  return { kinds, text: shown };
}

describe('a hostile answer', () => {
  it.each<[string, string, readonly string[], string]>([
    [
      'a fence that is left open is code to its end',
      'See\n\n```sh\nrm -r x\n**b**',
      ['paragraph', 'text', 'code'],
      'See\nrm -r x\n**b**',
    ],
    ['HTML is text', '<script>alert(1)</script>', ['paragraph', 'text'], '<script>alert(1)</script>'],
    [
      'an element with a handler is text',
      'a <img src=x onerror=alert(1)> b',
      ['paragraph', 'text'],
      'a <img src=x onerror=alert(1)> b',
    ],
    [
      'a picture is text',
      '![a](https://evil.example/p.png)',
      ['paragraph', 'text'],
      '![a](https://evil.example/p.png)',
    ],
    [
      'a link shows where it leads',
      '[bank](https://evil.example)',
      ['paragraph', 'text'],
      'bank (https://evil.example)',
    ],
    [
      'a script’s address is text',
      '[a](javascript:alert(1))',
      ['paragraph', 'text'],
      'a (javascript:alert(1))',
    ],
    [
      'text is not turned around',
      'safe \u202Etxt.exe\u202C \u2066x\u2069',
      ['paragraph', 'text'],
      'safe \uFFFDtxt.exe\uFFFD \uFFFDx\uFFFD',
    ],
    [
      'sequences of a terminal are gone',
      '\u001b[2J\u001b]0;title\u0007hello\u001b[0m',
      ['paragraph', 'text'],
      'hello',
    ],
    ['a form feed and a null are marked', 'a\u0000b\fc', ['paragraph', 'text'], 'a\uFFFDb\uFFFDc'],
  ])('%s', (_what, text, kinds, shown) => {
    const result = drawn(text);
    expect([[...result.kinds].toSorted(), result.text]).toEqual([kinds.toSorted(), shown]);
  });

  it.each([
    ['quotes in quotes', '>'.repeat(3_000)],
    ['brackets', '['.repeat(50_000)],
    ['emphasis', '*a _b '.repeat(10_000)],
    ['ticks', `a ${'`'.repeat(99_990)}`],
    ['one endless line', 'x'.repeat(99_999)],
    ['lists in lists', Array.from({ length: 200 }, (_, n) => `${' '.repeat(n * 2)}- a`).join('\n')],
  ])('of many %s is drawn', (_what, text) => {
    expect(drawn(text).text.length).toBeGreaterThan(0);
  });

  it('of quotes in quotes is drawn in a few levels, with its text', () => {
    const levels = (blocks: readonly Block[]): number =>
      Math.max(0, ...blocks.map((block) => (block.kind === 'quote' ? 1 + levels(block.blocks) : 0)));
    const text = `${'> '.repeat(100)}deep`;
    expect(levels(blocksOf(text))).toBe(21);
    expect(drawn(text).text).toContain('deep');
  });

  it('of 20 MB is one text, which nothing parses', () => {
    const text = '**a** '.repeat(3_500_000);
    expect(blocksOf(text)).toEqual([{ kind: 'code', text }]);
  });
});

it('a hostile transcript is exported and summed up like any', async () => {
  const title = `echo '${'\u202E'.repeat(5)} ; systemctl stop x`;
  const call = {
    kind: 'tool',
    tool: '<b>shell',
    title,
    output: `${'`'.repeat(500)}\u001b]0;x\u0007`,
    exitCode: Number.NaN,
    durationMs: -1,
    running: true,
    atMs: 1e300,
  } as const;
  const entries: readonly TranscriptEntry[] = [call, { kind: 'assistant', text: '```', atMs: null }];
  const text = await conversationMarkdown({
    title: '',
    instanceName: '',
    entries,
    nowMs: 0,
    wholeOutput: () => Promise.resolve(null),
    wholeChange: () => Promise.resolve(null),
  });
  expect(text).toContain(`\n${'`'.repeat(501)}text\n`);
  expect(Array.from(text).filter((character) => '\u202E\u001b\u0007'.includes(character))).toEqual([]);
  // In quotes that are not closed it is a word.
  expect(digestOf([{ ...call, tool: 'shell' }]).services).toEqual([]);
});
