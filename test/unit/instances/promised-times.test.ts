import { expect, it } from 'vitest';
import { staggerMs } from '../../../main/instances/bulk-power.ts';
import { undoMs } from '../../../main/instances/pending-actions.ts';
import { secretOnClipboardMs } from '../../../main/instances/secret-clipboard.ts';

// Other tests take these from the app: here they are what the user is told.
it('what destroys can be undone for eight seconds', () => {
  expect(undoMs).toBe(8_000);
});

it('a batch sends one instance every two seconds', () => {
  expect(staggerMs).toBe(2_000);
});

it('a secret is on the clipboard for a minute', () => {
  expect(secretOnClipboardMs).toBe(60_000);
});
