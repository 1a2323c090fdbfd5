import * as z from 'zod/mini';
import { call, push, shape } from './define.ts';

/** Names a snippet. */
export type SnippetId = string & { readonly snippetId: unique symbol };

const snippetId = z.string().check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<SnippetId>;

/** What a person writes of a snippet. It is kept as it is, in no keychain: a secret does not belong into it. */
export const snippetInput = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  /** A command or several lines, with variables such as `{{ip}}`. */
  text: z.string().check(z.minLength(1), z.maxLength(20_000)),
  /** Enter follows it; otherwise it waits on the line to be looked at. */
  runsAtOnce: z.boolean(),
});
export type SnippetInput = z.infer<typeof snippetInput>;

/** A text that is typed into terminals again and again; on this computer, for all accounts. */
export const snippet = z.extend(snippetInput, { id: snippetId });
export type Snippet = z.infer<typeof snippet>;

/** What an import came to. */
export interface ImportedSnippets {
  readonly addedCount: number;
  /** There already, with the same name and text. */
  readonly knownCount: number;
  /** Entries of the file that are no snippets. */
  readonly unreadableCount: number;
}

const nothing = z.undefined();
const done = shape<undefined>();

/** Snippets: what `snippets` has in the contract. */
export const snippetCalls = {
  list: call(nothing, shape<readonly Snippet[]>()),
  changed: push(shape<readonly Snippet[]>()),
  /** Keeps a snippet, a new one where `id` is null. Error: `refused` where there are too many, or it is gone. */
  save: call(z.object({ id: z.nullable(snippetId), input: snippetInput }), done),
  remove: call(z.object({ id: snippetId }), done),
  /** Asks for a file that was exported and adds what is in it; null: the user changed their mind. */
  importFile: call(nothing, shape<ImportedSnippets | null>()),
  /** Asks where to keep all snippets as JSON; `name` null: the user changed their mind. */
  exportFile: call(nothing, shape<{ readonly name: string | null }>()),
} as const;
