import type { Activity } from '../../preload/contract/activity.ts';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { errorSentence } from '../../preload/contract/errors-words.ts';
import type { Result } from '../../preload/contract/result.ts';
import { isAnswerLost } from '../domain/index.ts';
import type { ActivityLog } from './activity-log.ts';

/** What is done, and to what. */
export interface Action extends Pick<Activity, 'kind' | 'name'> {
  /** The user, unless it is said. */
  readonly actor?: Activity['actor'];
  /** The instance that it is done to. */
  readonly instanceId?: InstanceId | null;
  /** Of an event whose end may be learned again: the later end takes the place of the earlier one. */
  readonly key?: string;
}

/** What an action came to: its outcome, or the error that says it. */
export type ActionEnd =
  { readonly outcome: Activity['outcome']; readonly detail?: string | null } | { readonly error: AppError };

/** The record of what is done in one account. */
export interface Recorder {
  /**
   * Does something and records what it came to, once it has ended, also where it was refused before anything was sent.
   * A second click while the first is under way is not recorded. `read` tells the end by an answer that is not an error.
   */
  run<T, E extends AppError>(
    action: Action,
    act: () => Promise<Result<T, E>>,
    read?: (value: T) => ActionEnd,
  ): Promise<Result<T, E>>;
  /** Records an action whose end is known elsewhere. */
  ended(action: Action, end: ActionEnd): void;
}

/** What records are made with. */
export interface RecorderOptions {
  readonly log: Pick<ActivityLog, 'put'>;
  /** An account that has signed out leaves no record. */
  readonly isSignedIn: (accountId: AccountId) => boolean;
  readonly nowMs: () => number;
  readonly newKey: () => string;
  /** Masks secrets in what a server says. */
  readonly redact: (text: string) => string;
  /** An entry could not be written; what was done stands. */
  readonly report: (cause: unknown) => void;
}

/** The user asked for nothing that could be done: a second click, a broken call, an account that is gone. */
const notAsked: ReadonlySet<AppError['kind']> = new Set(['busy', 'bad-request', 'no-account']);

/** The outcome and its detail, in which `redact` has masked secrets: before a sentence is made of what a server says. */
function inWords(end: ActionEnd, redact: (text: string) => string): Pick<Activity, 'outcome' | 'detail'> {
  if ('outcome' in end) return { outcome: end.outcome, detail: end.detail ?? null };
  const { error } = end;
  return {
    outcome: isAnswerLost(error) ? 'unknown' : 'refused',
    detail: errorSentence('message' in error ? { ...error, message: redact(error.message) } : error).what,
  };
}

const done: ActionEnd = { outcome: 'done' };

/** Makes the recorders of accounts. */
export function createRecorders(options: RecorderOptions): (accountId: AccountId) => Recorder {
  const { log, isSignedIn, nowMs, newKey, redact, report } = options;
  return (accountId) => {
    const ended = (action: Action, end: ActionEnd): void => {
      if (!isSignedIn(accountId)) return;
      const { actor = 'person', kind, name, instanceId = null, key = newKey() } = action;
      try {
        const { outcome, detail } = inWords(end, redact);
        log.put(accountId, { key, actor, kind, instanceId, name, outcome, detail, atMs: nowMs() });
      } catch (cause) {
        report(cause);
      }
    };
    return {
      ended,
      run: async (action, act, read = () => done) => {
        try {
          const result = await act();
          if (result.ok) ended(action, read(result.value));
          else if (!notAsked.has(result.error.kind)) ended(action, { error: result.error });
          return result;
        } catch (cause) {
          // A fault of ours: whether it was sent before is not known.
          ended(action, { outcome: 'unknown' });
          throw cause;
        }
      },
    };
  };
}
