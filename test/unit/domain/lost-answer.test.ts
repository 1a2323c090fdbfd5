import { expect, it } from 'vitest';
import { isAnswerLost } from '../../../main/domain/index.ts';
import type { AppError } from '../../../preload/contract/errors.ts';

it.each<[AppError['kind'], boolean]>([
  ['unknown-outcome', true],
  ['aborted', true],
  ['offline', false],
  ['unavailable', false],
  ['drift', false],
  ['busy', false],
  ['refused', false],
  ['not-found', false],
])('the answer was lost with %s: %s', (kind, isLost) => {
  expect(isAnswerLost({ kind })).toBe(isLost);
});
