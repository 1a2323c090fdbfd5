import type { AppError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { JsonFile, SaveError } from './json-file.ts';

/** What guards money and what is destroyed: on the disk before a request leaves, so that a crash cannot hide it. */
export interface Journal {
  get(key: string): unknown;
  /**
   * Keeps a value. Ends once it is on the disk; `refused` where it cannot be put there, and then nothing may be sent
   * for it. Never rejects.
   */
  write(key: string, value: unknown): Promise<Result<undefined>>;
}

/** Opens the journal in its file. */
export function createJournal(file: JsonFile): Journal {
  return {
    get: (key) => file.get(key),
    write: async (key, value) => {
      try {
        file.set(key, value);
        const saved = await file.saved();
        return saved.ok ? ok(undefined) : fail(notWritten(saved.error));
      } catch (cause) {
        return fail(notWritten({ kind: 'unwritable', cause }));
      }
    },
  };
}

function notWritten(error: SaveError): AppError {
  return {
    kind: 'refused',
    message:
      error.kind === 'newer'
        ? 'Nothing was sent: a newer version of Evorxa keeps its record of requests here. Update Evorxa first.'
        : `Nothing was sent: the request could not be saved to disk first${reasonOf(error.cause)}. Check that the disk is not full and that the folder is writable.`,
  };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? ` (${cause.code})`
    : '';
}
