import { describe, expect, it } from 'vitest';
import { noNote, noteOf, type TranscriptEntry } from '../../../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../../../preload/contract/brands.ts';
import { asksFirst, costInWords } from '../../../../../renderer/views/agent/costs.ts';
import { isOpen, toggleOne, allFolded } from '../../../../../renderer/views/agent/folding.ts';
import { searchTitles } from '../../../../../renderer/views/agent/search.ts';
import { exchangesOf, foundIn, shownTitle } from '../../../../../renderer/views/agent/transcript.ts';

const conversation = (id: string, title: string) => ({ id: id as ConversationId, title, updatedAtMs: null });
const all = [conversation('1', 'Rotate nginx logs'), conversation('2', 'Disk'), conversation('3', '')];
const notes = { '2': { ...noNote, title: 'Clean the nginx cache' } };

describe('titles', () => {
  it('are the user’s own before Evorxa’s', () => {
    expect(all.map((each) => shownTitle(each, notes))).toEqual([
      'Rotate nginx logs',
      'Clean the nginx cache',
      'Untitled',
    ]);
  });

  it('are Evorxa’s where an id is the name of something that every object has', () => {
    expect(shownTitle(conversation('constructor', 'Disk'), {})).toBe('Disk');
    expect(noteOf({}, 'toString' as ConversationId)).toEqual(noNote);
  });

  it.each([
    ['', ['1', '2', '3']],
    ['NGINX', ['1', '2']],
    [' logs  rotate ', ['1']],
    ['disk', []],
    ['untitled', ['3']],
  ])('with %j are %j', (query, ids) => {
    expect(searchTitles(all, notes, query).map(({ id }) => id)).toEqual(ids);
  });
});

describe('a transcript', () => {
  const tool = (title: string, output: string | null): TranscriptEntry => ({
    kind: 'tool',
    tool: 'shell',
    title,
    output,
    exitCode: 0,
    durationMs: null,
    running: false,
    atMs: null,
  });
  const entries: readonly TranscriptEntry[] = [
    { kind: 'user', text: 'Is nginx up?', atMs: null },
    tool('systemctl status', '\u001b[32mNgi\u001b[0mnx is up'),
    { kind: 'user', text: 'And the disk?', atMs: null },
    tool('df', null),
    { kind: 'assistant', text: 'It is fine.', atMs: null },
  ];

  it('shows the exchanges with what was found, in their places', () => {
    const positions = (found: ReadonlySet<number> | null) =>
      foundIn(exchangesOf(entries), found).map(({ position }) => position);
    expect([null, [3], [0, 1], []].map((found) => positions(found && new Set(found)))).toEqual([
      [0, 1],
      [1],
      [0],
      [],
    ]);
  });

  it('has what was found unfolded, until it is folded', () => {
    expect([isOpen(allFolded, 1), isOpen(allFolded, 1, true)]).toEqual([false, true]);
    expect(isOpen(toggleOne(allFolded, 1), 1, true)).toBe(false);
  });
});

describe('the cost of a conversation', () => {
  it.each([
    [noNote, null],
    [{ ...noNote, costCents: 7, turns: 1 }, '1 turn from this computer cost $0.07.'],
    [
      { ...noNote, costCents: 120, turns: 3, unpricedTurns: 1 },
      '3 turns from this computer cost $1.20; of 1 it is not known.',
    ],
    [{ ...noNote, turns: 2, unpricedTurns: 2 }, 'The cost of 2 turns is not known.'],
  ])('%j: %s', (note, words) => expect(costInWords(note)).toBe(words));

  it.each([
    // Cost, budget, what was allowed before.
    [499, 500, null, false],
    [500, 500, null, true],
    [900, 500, 500, false],
    [999, 500, 500, false],
    [1_000, 500, 500, true],
    [9_999, 0, null, false],
  ])('%s cents of %s after %s: asks is %s', (cost, budget, allowed, asks) => {
    expect(asksFirst(cost, budget, allowed)).toBe(asks);
  });
});
