import { fail, ok, type Result } from '../../preload/contract/result.ts';
import {
  snippet,
  type ImportedSnippets,
  type Snippet,
  type SnippetId,
  type SnippetInput,
} from '../../preload/contract/snippets.ts';
import { readableList, type JsonStore } from '../storage/index.ts';
import { snippetsAsFile } from './snippets-file.ts';
import type { SnippetsFile } from './snippets-file.ts';

/** More are no list that somebody looks through, and each start reads them. */
const mostSnippets = 500;
const key = 'snippets';

export interface SnippetsParts {
  readonly store: JsonStore;
  readonly newId: () => SnippetId;
  readonly onChanged: (snippets: readonly Snippet[]) => void;
  /** So many entries of the store could not be read, and were left out. */
  readonly onUnreadable: (count: number) => void;
}

/** The snippets of this computer, by their names. */
export interface Snippets {
  list(): readonly Snippet[];
  save(id: SnippetId | null, input: SnippetInput): Result<undefined>;
  remove(id: SnippetId): void;
  /** Adds what a file holds and is not there yet. */
  add(file: SnippetsFile): Result<ImportedSnippets>;
  /** All of them as a file. */
  asFile(): string;
}

/** Opens the snippets under the key `snippets` of a store. */
export function createSnippets({ store, newId, onChanged, onUnreadable }: SnippetsParts): Snippets {
  let all = sorted(readableList(snippet, onUnreadable).parse(store.get(key)));
  const change = (next: readonly Snippet[]): void => {
    all = sorted(next);
    store.set(key, all);
    onChanged(all);
  };
  const isRoom = (count: number): boolean => all.length + count <= mostSnippets;
  return {
    list: () => all,
    save: (id, input) => {
      if (id === null) {
        if (!isRoom(1)) return tooMany;
        change([...all, { ...input, id: newId() }]);
        return ok(undefined);
      }
      if (!all.some((each) => each.id === id)) return gone;
      change(all.map((each) => (each.id === id ? { ...input, id } : each)));
      return ok(undefined);
    },
    remove: (id) => {
      if (all.some((each) => each.id === id)) change(all.filter((each) => each.id !== id));
    },
    add: ({ inputs, unreadableCount }) => {
      const known = new Set(all.map(nameAndText));
      const added: Snippet[] = [];
      for (const input of inputs) {
        if (known.has(nameAndText(input))) continue;
        known.add(nameAndText(input));
        added.push({ ...input, id: newId() });
      }
      if (!isRoom(added.length)) return tooMany;
      if (added.length > 0) change([...all, ...added]);
      return ok({ addedCount: added.length, knownCount: inputs.length - added.length, unreadableCount });
    },
    asFile: () => snippetsAsFile(all),
  };
}

const nameAndText = ({ name, text }: SnippetInput): string => JSON.stringify([name, text]);

const sorted = (snippets: readonly Snippet[]): readonly Snippet[] =>
  snippets.toSorted((one, other) => one.name.localeCompare(other.name));

const tooMany = fail({
  kind: 'refused',
  message: `There can be ${mostSnippets} snippets at most. Delete some first.`,
} as const);
const gone = fail({ kind: 'refused', message: 'This snippet was deleted meanwhile.' } as const);
