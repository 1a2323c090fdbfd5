import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/**
 * A suite that needs Linux and some commands. Elsewhere it is left out, with the reason in its title; in CI it
 * always runs, so that a missing command fails it.
 */
export function describeOnLinux(title: string, commands: readonly string[], body: () => void): void {
  const reason =
    process.platform === 'linux' ? whyMissing(commands) : `needs Linux, this is ${process.platform}`;
  describeUnless(reason, title, body);
}

/** A suite that needs some commands, on any system; otherwise as {@link describeOnLinux}. */
export function describeWithCommands(title: string, commands: readonly string[], body: () => void): void {
  describeUnless(whyMissing(commands), title, body);
}

function describeUnless(reason: string | undefined, title: string, body: () => void): void {
  if (reason === undefined || process.env['CI'] !== undefined) describe(title, body);
  else describe.skip(`${title} (left out: ${reason})`, body);
}

function whyMissing(commands: readonly string[]): string | undefined {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  const missing = commands.filter((command) => spawnSync(finder, [command]).status !== 0);
  return missing.length === 0 ? undefined : `needs ${missing.join(' and ')}`;
}
