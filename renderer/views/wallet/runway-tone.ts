import { assertNever } from '../../../preload/contract/result.ts';
import type { Runway } from '../../../preload/contract/runway.ts';
import type { Tone } from '../../components/tone.ts';

const dayMs = 86_400_000;

/** How much a runway is to worry about: below the user's limit of days it is, at its end it is bad. */
export function runwayTone(runway: Runway, alertDays: number, nowMs: number): Tone {
  switch (runway.kind) {
    case 'nothing':
      return 'neutral';
    case 'unknown':
      return 'warn';
    case 'lasts':
      return 'ok';
    case 'ends':
      if (runway.atMs <= nowMs) return 'bad';
      return runway.atMs - nowMs < alertDays * dayMs ? 'warn' : 'neutral';
    default:
      return assertNever(runway);
  }
}
