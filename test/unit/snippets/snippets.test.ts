import { beforeEach, describe, expect, it } from 'vitest';
import type { Snippet, SnippetId, SnippetInput } from '../../../preload/contract/snippets.ts';
import { createSnippetHandlers } from '../../../main/ipc/handlers/snippets.ts';
import { createSnippets, readSnippetsFile } from '../../../main/snippets/index.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';

let values: Map<string, unknown>;
let told: (readonly Snippet[])[];
let unreadable: number[];
beforeEach(() => {
  values = new Map();
  told = [];
  unreadable = [];
});

const input = (name: string, more: Partial<SnippetInput> = {}): SnippetInput => ({
  name,
  text: 'uptime',
  runsAtOnce: true,
  ...more,
});
function open() {
  let count = 0;
  return createSnippets({
    store: { get: (key) => values.get(key), set: (key, value) => void values.set(key, value) },
    newId: () => `id-${(count += 1)}` as SnippetId,
    onChanged: (snippets) => told.push(snippets),
    onUnreadable: (entries) => unreadable.push(entries),
  });
}
const names = (snippets: readonly Snippet[]): readonly string[] => snippets.map(({ name }) => name);

describe('snippets', () => {
  it('are kept from run to run, by their names, and told to the window', () => {
    const snippets = open();
    expect(snippets.list()).toEqual([]);
    expect([snippets.save(null, input('b')), snippets.save(null, input('a'))]).toEqual([
      ok(undefined),
      ok(undefined),
    ]);
    expect(names(told.at(-1) ?? [])).toEqual(['a', 'b']);
    expect(open().list()).toEqual(snippets.list());
    expect(unreadable).toEqual([]);
  });

  it('are changed and removed by their ids; one that is gone is said', () => {
    const snippets = open();
    snippets.save(null, input('a'));
    const [{ id }] = snippets.list() as [Snippet];
    snippets.save(id, input('z', { runsAtOnce: false }));
    expect(snippets.list()).toEqual([{ id, name: 'z', text: 'uptime', runsAtOnce: false }]);
    snippets.remove(id);
    snippets.remove(id);
    expect([snippets.list(), told.length]).toEqual([[], 3]);
    expect(snippets.save(id, input('a'))).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('are as many as can be looked through', () => {
    const snippets = open();
    const many = Array.from({ length: 500 }, (_, index) => input(`s${index}`));
    expect(snippets.add({ inputs: many, unreadableCount: 0 })).toMatchObject({ ok: true });
    expect(snippets.save(null, input('one more'))).toMatchObject({ ok: false });
    expect(snippets.add({ inputs: [input('another')], unreadableCount: 0 })).toMatchObject({ ok: false });
    expect(snippets.list()).toHaveLength(500);
  });

  it('that cannot be read are left out, and counted', () => {
    values.set('snippets', [{ id: 'x', ...input('a') }, { id: 'y' }, 7]);
    expect(names(open().list())).toEqual(['a']);
    expect(unreadable).toEqual([2]);
  });
});

describe('a file of snippets', () => {
  it('has what was exported, and adds only what is not there', () => {
    const snippets = open();
    snippets.save(null, input('a', { text: 'echo "{{ip}}"\n' }));
    const file = readSnippetsFile(`\uFEFF${snippets.asFile()}`);
    if (!file.ok) throw new Error('It was not read.');
    expect(snippets.add(file.value)).toEqual(ok({ addedCount: 0, knownCount: 1, unreadableCount: 0 }));
    values.clear();
    const other = open();
    other.add({ inputs: [...file.value.inputs, ...file.value.inputs, input('b')], unreadableCount: 2 });
    expect(other.list().map(({ name, text }) => [name, text])).toEqual([
      ['a', 'echo "{{ip}}"\n'],
      ['b', 'uptime'],
    ]);
  });

  it.each(['', '{', '[]', '{"format":"other","version":1,"snippets":[]}'])('is not this: %j', (text) => {
    expect(readSnippetsFile(text)).toMatchObject({ ok: false, error: { message: /no file of snippets/ } });
  });

  it('of a newer app is refused, and entries that are none are counted', () => {
    const file = (more: object): string =>
      JSON.stringify({ format: 'evorxa-snippets', version: 1, snippets: [], ...more });
    expect(readSnippetsFile(file({ version: 2 }))).toMatchObject({ ok: false, error: { message: /newer/ } });
    expect(readSnippetsFile(file({ snippets: [input('a'), { name: 'b' }, input('', {})] }))).toEqual(
      ok({ inputs: [input('a')], unreadableCount: 2 }),
    );
  });
});

describe('the calls', () => {
  const handlers = (read: Result<string | null>, saved: string[] = []) => {
    const snippets = open();
    return {
      snippets,
      calls: createSnippetHandlers({
        snippets,
        readFile: () => Promise.resolve(read),
        saveFile: ({ content }) => {
          saved.push(content.text);
          return Promise.resolve(ok({ name: 'evorxa-snippets.json' }));
        },
      }),
    };
  };

  it('export nothing where there is nothing', async () => {
    const saved: string[] = [];
    const { snippets, calls } = handlers(ok(null), saved);
    expect(await calls.exportFile(undefined)).toMatchObject({ ok: false });
    snippets.save(null, input('a'));
    expect(await calls.exportFile(undefined)).toEqual(ok({ name: 'evorxa-snippets.json' }));
    expect(saved).toEqual([snippets.asFile()]);
  });

  it('import what was chosen, or nothing where nothing was', async () => {
    expect(await handlers(ok(null)).calls.importFile(undefined)).toEqual(ok(null));
    const { snippets, calls } = handlers(
      ok(JSON.stringify({ format: 'evorxa-snippets', version: 1, snippets: [input('a')] })),
    );
    expect(await calls.importFile(undefined)).toMatchObject({ ok: true, value: { addedCount: 1 } });
    expect(names(snippets.list())).toEqual(['a']);
    expect(await handlers(ok('no')).calls.importFile(undefined)).toMatchObject({ ok: false });
  });
});
