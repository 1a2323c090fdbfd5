import { describe } from 'vitest';
import { sshdMissing } from './sshd.ts';

const missing = sshdMissing();

/** Tests that need a real sshd. Where none can be started they are left out, and their title says why. */
export function describeWithSshd(title: string, tests: () => void): void {
  describe.skipIf(missing !== null)(missing === null ? title : `${title} (left out: ${missing})`, tests);
}
