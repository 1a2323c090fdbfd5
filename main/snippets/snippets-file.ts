import * as z from 'zod/mini';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { snippetInput, type Snippet, type SnippetInput } from '../../preload/contract/snippets.ts';

const format = 'evorxa-snippets';

const file = z.object({ format: z.literal(format), version: z.int(), snippets: z.array(z.unknown()) });

/** A file of snippets, as it was read. */
export interface SnippetsFile {
  readonly inputs: readonly SnippetInput[];
  readonly unreadableCount: number;
}

/** All snippets as a file of JSON, which `readSnippetsFile` reads. */
export const snippetsAsFile = (snippets: readonly Snippet[]): string =>
  `${JSON.stringify(
    {
      format,
      version: 1,
      snippets: snippets.map(({ name, text, runsAtOnce }) => ({ name, text, runsAtOnce })),
    },
    null,
    2,
  )}\n`;

/** Reads a file of snippets; entries that are none are counted. Error: `refused` where it is no such file. */
export function readSnippetsFile(text: string): Result<SnippetsFile> {
  let json: unknown;
  try {
    // Editors of Windows put a mark in front.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return noFile;
  }
  const parsed = z.safeParse(file, json);
  if (!parsed.success) return noFile;
  if (parsed.data.version !== 1)
    return fail({
      kind: 'refused',
      message: 'A newer version of the app wrote this file. Update the app, then import it.',
    });
  const read = parsed.data.snippets.map((entry) => z.safeParse(snippetInput, entry));
  const inputs = read.flatMap((each) => (each.success ? [each.data] : []));
  return ok({ inputs, unreadableCount: read.length - inputs.length });
}

const noFile = fail({
  kind: 'refused',
  message: 'This is no file of snippets. Choose one that was exported here.',
} as const);
