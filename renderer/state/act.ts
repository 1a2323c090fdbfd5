import { errorSentence } from '../../preload/contract/errors-words.ts';
import type { Result } from '../../preload/contract/result.ts';
import { toasts } from '../components/feedback/toast-store.ts';

/** What is said of an action that went wrong. */
export interface ActionWords {
  /** What was tried, and on what: "Restart api-prod-1". */
  readonly about: string;
  /** What to do where the answer was lost; otherwise that its state shows it. */
  readonly afterLost?: string;
}

/** Waits for an action and says in a toast how it ended; `success` null says nothing when all went well. */
export async function act<T>(
  action: Promise<Result<T>>,
  success: { readonly message: string; readonly next?: string } | null,
  { about, afterLost }: ActionWords,
): Promise<Result<T>> {
  const result = await action;
  if (!result.ok) {
    const { what, next } = errorSentence(result.error);
    const isLost = result.error.kind === 'unknown-outcome';
    const advice = isLost ? (afterLost ?? next) : next;
    toasts.show({
      about,
      message: what,
      tone: 'bad',
      ...(advice === null ? {} : { next: advice }),
    });
  } else if (success !== null) {
    toasts.show(success);
  }
  return result;
}
