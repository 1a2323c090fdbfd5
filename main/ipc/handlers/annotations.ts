import type { AccountId } from '../../../preload/contract/brands.ts';
import { ok } from '../../../preload/contract/result.ts';
import type { Annotations } from '../../annotations/index.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `annotations`, for the account that is shown. */
export function createAnnotationHandlers(
  annotations: Pick<Annotations, 'of' | 'update'>,
  currentId: () => AccountId | null,
): Domain<'annotations'> {
  return {
    all: () => {
      const id = currentId();
      return ok(id === null ? {} : annotations.of(id));
    },
    update: ({ instanceId, patch }) =>
      onCurrent(currentId, (id) => {
        annotations.update(id, instanceId, patch);
        return done;
      }),
  };
}
