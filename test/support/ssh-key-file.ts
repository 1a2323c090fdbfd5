import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first key file that ssh opens with some arguments, for a connection that never leaves this machine; null: none. */
export async function openedKeyFile(args: readonly string[]): Promise<string | null> {
  const ends = ['-v', '-o', 'ProxyCommand=true', '-o', 'BatchMode=yes', '-o', 'ControlPath=none'];
  const stderr = await run('ssh', [...ends, ...args], { cwd: tmpdir() }).then(
    (done) => done.stderr,
    (error: unknown) => (error instanceof Error && 'stderr' in error ? String(error.stderr) : ''),
  );
  const printed = /identity file (.*) type -?\d+\r?$/m.exec(stderr)?.[1];
  return printed === undefined ? null : withoutEscapes(printed);
}

/** Its log has backslashes twice and other bytes than ASCII in octal (vis(3)). */
function withoutEscapes(logged: string): string {
  const bytes = logged.match(/\\[0-7]{3}|\\\\|[^\\]/gs) ?? [];
  const codes = bytes.map((text) =>
    text.length === 4 ? Number.parseInt(text.slice(1), 8) : text.charCodeAt(text.length - 1),
  );
  return Buffer.from(codes).toString('utf8');
}
