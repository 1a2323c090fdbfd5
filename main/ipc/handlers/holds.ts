import { ok } from '../../../preload/contract/result.ts';
import type { Holds } from '../../instances/index.ts';
import { done, type Domain } from './shared.ts';

/** Answers the calls of the domain `holds`: requests that can still be undone. */
export function createHoldHandlers(holds: Pick<Holds, 'list' | 'undo' | 'dismiss'>): Domain<'holds'> {
  return {
    list: () => ok(holds.list()),
    undo: ({ holdId }) => holds.undo(holdId),
    dismiss: ({ holdId }) => {
      holds.dismiss(holdId);
      return done;
    },
  };
}
