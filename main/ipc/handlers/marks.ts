import type { AccountId } from '../../../preload/contract/brands.ts';
import { ok } from '../../../preload/contract/result.ts';
import type { Marks } from '../../marks/index.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `marks`, for the account that is shown. */
export function createMarkHandlers(
  marks: Pick<Marks, 'of' | 'update'>,
  currentId: () => AccountId | null,
): Domain<'marks'> {
  return {
    all: () => {
      const id = currentId();
      return ok(id === null ? {} : marks.of(id));
    },
    update: ({ instanceId, patch }) =>
      onCurrent(currentId, (id) => {
        marks.update(id, instanceId, patch);
        return done;
      }),
  };
}
