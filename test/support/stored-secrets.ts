import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestSession } from './session.ts';

const run = promisify(execFile);

/** The app's secrets in a session's keyring, as another program of the same person sees them. Linux only. */
export async function storedSecrets({ env }: TestSession): Promise<readonly string[]> {
  const { stdout } = await run('secret-tool', ['search', '--all', 'service', 'Evorxa'], { env });
  return [...stdout.matchAll(/^secret = (.*)$/gm)].flatMap(([, secret]) => secret ?? []);
}
