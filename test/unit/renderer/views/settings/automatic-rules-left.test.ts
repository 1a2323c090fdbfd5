import { expect, it } from 'vitest';
import { leftBySignOut } from '../../../../../renderer/views/settings/automatic-rules-left.ts';

const block = { kind: 'timed-block' } as const;
const address = { kind: 'address-rule' } as const;

it.each([
  [[], null],
  [
    [block],
    '1 timed block will not end by itself. Its rule stays as it is. To end it, do so in Shield before you sign out.',
  ],
  [
    [address],
    '1 rule will not follow your address any longer. Its rule stays as it is. To end it, do so in Shield before you sign out.',
  ],
  [
    [block, block, address],
    '2 timed blocks will not end by themselves, and 1 rule will not follow your address any longer. Their rules stay as they are. To end them, do so in Shield before you sign out.',
  ],
])('says what becomes of automatic rules after a sign-out: %j', (rules, words) => {
  expect(leftBySignOut(rules)).toBe(words);
});
