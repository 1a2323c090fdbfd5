import { describe } from 'vitest';
import { whyNotHere } from '../../support/linux.ts';

/**
 * A suite that needs Linux and some commands. Elsewhere it is left out, with the reason in its title; in CI it
 * always runs, so that a missing command fails it.
 */
export function describeOnLinux(title: string, commands: readonly string[], body: () => void): void {
  const reason = process.env['CI'] === undefined ? whyNotHere(commands) : undefined;
  if (reason === undefined) describe(title, body);
  else describe.skip(`${title} (left out: ${reason})`, body);
}
