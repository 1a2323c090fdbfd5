import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { SnippetId } from '../../preload/contract/snippets.ts';
import type { Publishers } from '../ipc/bind.ts';
import type { SnippetHandlerParts } from '../ipc/handlers/snippets.ts';
import type { Log } from '../log/index.ts';
import { createSnippets } from '../snippets/index.ts';
import type { JsonStore } from '../storage/index.ts';

/** What snippets take of the app. */
export interface SnippetPartsOptions {
  readonly store: JsonStore;
  readonly publish: Pick<Publishers, 'snippets'>;
  /** Asks for a file; null: the user changed their mind. */
  readonly pickFile: () => Promise<string | null>;
  readonly log: Pick<Log, 'warn'>;
}

/** More is no file of snippets: as many as there can be, each as long as it can be. */
const mostBytes = 32 * 1024 * 1024;

/** Joins the snippets with the app's files and the user's. */
export function createSnippetParts(options: SnippetPartsOptions): Omit<SnippetHandlerParts, 'saveFile'> {
  const { store, publish, pickFile, log } = options;
  return {
    snippets: createSnippets({
      store,
      newId: () => randomUUID() as SnippetId,
      onChanged: publish.snippets.changed,
      onUnreadable: (count) =>
        log.warn(`Dropped from the saved data, since unreadable: ${count} of "snippets".`),
    }),
    readFile: async () => {
      const path = await pickFile();
      return path === null ? ok(null) : readText(path);
    },
  };
}

async function readText(path: string): Promise<Result<string>> {
  try {
    const file = await open(path);
    try {
      const stat = await file.stat();
      return !stat.isFile() || stat.size > mostBytes
        ? fail({
            kind: 'refused',
            message: 'This is no file of snippets. Choose one that was exported here.',
          })
        : ok(await file.readFile('utf8'));
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    return fail({ kind: 'refused', message: `The file could not be read (${code}). Choose another one.` });
  }
}
