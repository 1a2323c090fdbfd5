import type { AppError } from '../../preload/contract/errors.ts';

/**
 * Whether a request that changes something may have taken effect though its answer did not say so: it was lost, or not
 * waited for. It is looked up, and never sent again by itself.
 */
export function isAnswerLost({ kind }: Pick<AppError, 'kind'>): boolean {
  return kind === 'unknown-outcome' || kind === 'aborted';
}
