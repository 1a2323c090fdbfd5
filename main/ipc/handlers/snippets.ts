import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { SavedFile } from '../../../preload/contract/files.ts';
import { readSnippetsFile, type Snippets } from '../../snippets/index.ts';
import { done, type Domain } from './shared.ts';

/** What the calls about snippets are answered by. */
export interface SnippetHandlerParts {
  readonly snippets: Snippets;
  /** Asks for a file and reads it; null: the user changed their mind. */
  readonly readFile: () => Promise<Result<string | null>>;
  readonly saveFile: (file: SavedFile) => Promise<Result<{ readonly name: string | null }>>;
}

/** Answers the calls of the domain `snippets`. */
export function createSnippetHandlers(parts: SnippetHandlerParts): Domain<'snippets'> {
  const { snippets } = parts;
  return {
    list: () => ok(snippets.list()),
    save: ({ id, input }) => snippets.save(id, input),
    remove: ({ id }) => {
      snippets.remove(id);
      return done;
    },
    importFile: async () => {
      const text = await parts.readFile();
      if (!text.ok) return text;
      if (text.value === null) return ok(null);
      const file = readSnippetsFile(text.value);
      return file.ok ? snippets.add(file.value) : file;
    },
    exportFile: () =>
      snippets.list().length === 0
        ? fail({ kind: 'refused', message: 'There are no snippets to export yet.' })
        : parts.saveFile({
            name: 'evorxa-snippets.json',
            content: { encoding: 'text', text: snippets.asFile() },
          }),
  };
}
