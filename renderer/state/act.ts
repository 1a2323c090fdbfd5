import { errorSentence } from '../../preload/contract/errors-words.ts';
import type { Result } from '../../preload/contract/result.ts';
import { toasts } from '../components/feedback/toast-store.ts';

/** Waits for an action and says in a toast how it ended; `success` null says nothing when all went well. */
export async function act<T>(
  action: Promise<Result<T>>,
  success: { readonly message: string; readonly next?: string } | null,
): Promise<Result<T>> {
  const result = await action;
  if (!result.ok) {
    const { what, next } = errorSentence(result.error);
    toasts.show({ message: what, tone: 'bad', ...(next === null ? {} : { next }) });
  } else if (success !== null) {
    toasts.show(success);
  }
  return result;
}
