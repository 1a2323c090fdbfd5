import { describe, expect, it } from 'vitest';
import { crossingEntries, Transcripts } from '../../../main/agent/index.ts';
import type { TranscriptEntry } from '../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../preload/contract/brands.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { instanceId } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';

const web = instanceId('web');
const idOf = (id: string) => id as ConversationId;
const tool = (
  title: string,
  output: string | null,
  name = 'shell',
): Extract<TranscriptEntry, { kind: 'tool' }> => ({
  kind: 'tool',
  tool: name,
  title,
  output,
  exitCode: 0,
  durationMs: null,
  running: false,
  atMs: null,
});
/** 5,000 characters in 500 lines. */
const long = '123456789\n'.repeat(500);
const conversation = (id: string, entries: readonly TranscriptEntry[]) => ({
  id: idOf(id),
  title: 'Logs',
  entries,
});

describe('a transcript crosses', () => {
  it('with the beginning of a long output and its size, and all else whole', () => {
    const said: TranscriptEntry = { kind: 'assistant', text: long, atMs: null };
    const short = tool('uptime', 'up');
    expect(crossingEntries([said, short, tool('cat log', long), tool('sleep', null)])).toEqual([
      said,
      short,
      { ...tool('cat log', '123456789\n'.repeat(400)), cut: { characters: 5_000, lines: 500 } },
      tool('sleep', null),
    ]);
  });

  it('with more of an edit, whose added lines are counted', () => {
    const edit = tool('/etc/motd', long, 'file_edit');
    expect(crossingEntries([edit])).toEqual([edit]);
    const [huge] = crossingEntries([tool('/etc/motd', long.repeat(5), 'file_edit')]);
    expect(huge).toMatchObject({ cut: { characters: 25_000, lines: 2_500 } });
  });
});

describe('what an edit changes', () => {
  const edited = (before: string) => ({
    ...tool('/etc/motd', 'Saved.', 'file_edit'),
    change: { kind: 'texts', parts: [{ before, after: 'new', firstLine: 1 }], isCut: false } as const,
  });
  const place = { instanceId: web, conversationId: idOf('c') };

  it('crosses while it is short, and is given whole where it is not', async () => {
    const [short, large] = [edited('old'), edited(long.repeat(5))];
    const transcripts = new Transcripts(new FakeClient());
    const { entries } = transcripts.keep(web, conversation('c', [short, large, tool('uptime', 'up')]));
    const { change, ...rest } = large;
    expect(entries).toEqual([short, { ...rest, cutChange: 25_003 }, tool('uptime', 'up')]);
    expect(await transcripts.changeOf({ ...place, index: 1, characters: 25_003 })).toEqual(ok(change));
    for (const [index, characters] of [
      [1, 9],
      [2, 0],
      [7, 0],
    ] as const) {
      expect(await transcripts.changeOf({ ...place, index, characters })).toMatchObject({
        ok: false,
        error: { kind: 'not-found' },
      });
    }
    expect(await transcripts.search(place, 'NEW')).toEqual(ok([0, 1]));
  });
});

describe('of a transcript that was read', () => {
  function kept() {
    const client = new FakeClient();
    const transcripts = new Transcripts(client);
    const whole = conversation('c', [
      { kind: 'user', text: 'Is nginx up?', atMs: null },
      tool('systemctl status', `${long}\u001b[32mNgi\u001b[0mnx is up`),
      { kind: 'user', text: 'And the disk?', atMs: null },
      tool('df', null),
      { kind: 'assistant', text: 'It is fine.', atMs: null },
    ]);
    transcripts.keep(web, whole);
    const place = { instanceId: web, conversationId: idOf('c') };
    return { client, transcripts, place, whole };
  }

  it('an output is there whole, and nothing is asked for it', async () => {
    const { client, transcripts, place } = kept();
    const characters = 5_000 + '\u001b[32mNgi\u001b[0mnx is up'.length;
    expect(await transcripts.outputOf({ ...place, index: 1, characters })).toEqual(
      ok(`${long}\u001b[32mNgi\u001b[0mnx is up`),
    );
    expect(client.calls).toEqual([]);
  });

  it.each([
    ['grew', 1, 5_001],
    ['is something else', 0, 12],
    ['is gone', 9, 5_000],
  ])('an output whose place %s is not found', async (_case, index, characters) => {
    const { transcripts, place } = kept();
    expect(await transcripts.outputOf({ ...place, index, characters })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });

  it.each([
    ['nginx', [0, 1]],
    [' DF ', [3]],
    ['is', [0, 1, 2, 4]],
    ['nothing', []],
  ])('%j is found in %j, also behind what crossed', async (text, places) => {
    const { transcripts, place } = kept();
    expect(await transcripts.search(place, text)).toEqual(ok(places));
  });

  it('three stay whole; another one is read again when it is asked for', async () => {
    const { client, transcripts, place, whole } = kept();
    for (const id of ['d', 'e', 'f']) transcripts.keep(web, conversation(id, []));
    client.answer('agent.conversation', whole);
    expect(await transcripts.search(place, 'fine')).toEqual(ok([4]));
    expect(client.count('agent.conversation')).toBe(1);
  });

  it('what cannot be read says why', async () => {
    const client = new FakeClient();
    const offline = { kind: 'offline', message: 'No network.' } as const;
    client.fail('agent.conversation', offline);
    const place = { instanceId: web, conversationId: idOf('c') };
    expect(await new Transcripts(client).search(place, 'x')).toEqual(fail(offline));
  });
});
