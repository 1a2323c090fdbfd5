import type { Client } from 'ssh2';
import type { WallClock } from '../../clock/index.ts';
import { readSshConnection, type SshConnectionEnds } from '../../ssh/index.ts';

/** So long a command may take, and so much it may print. */
const limitMs = 4_000;
const limitBytes = 512;

/** For a POSIX shell; for Windows' cmd.exe, where the first is no command. */
const commands = ['printf %s "$SSH_CONNECTION"', 'echo %SSH_CONNECTION%'];

/**
 * Asks a server from where it sees a connection that is open, on channels beside its shell's. Null where the server
 * gives none, runs something else than the command, or clears its environment.
 */
export async function connectionEnds(client: Client, clock: WallClock): Promise<SshConnectionEnds | null> {
  for (const command of commands) {
    const text = await outputOf(client, clock, command);
    // A server that does not answer is not asked again.
    if (text === null) return null;
    const ends = readSshConnection(text);
    if (ends !== null) return ends;
  }
  return null;
}

/** What a command prints; null where it is refused, takes too long or prints too much. */
function outputOf(client: Client, clock: WallClock, command: string): Promise<string | null> {
  return new Promise((resolve) => {
    let isOver = false;
    let close = (): void => undefined;
    const end = (text: string | null): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      client.removeListener('close', gone);
      close();
      resolve(text);
    };
    const gone = (): void => end(null);
    const cancel = clock.setTimeout(gone, limitMs);
    client.once('close', gone);
    try {
      client.exec(command, (error, channel) => {
        if (error) {
          end(null);
          return;
        }
        close = () => channel.close();
        // Nobody waits any more for a channel that opens late.
        if (isOver) {
          close();
          return;
        }
        let text = '';
        channel.on('data', (chunk: Buffer) => {
          text += chunk.toString('latin1');
          if (text.length > limitBytes) end(null);
        });
        channel.on('error', gone);
        channel.on('close', () => end(text));
        channel.stderr.resume();
        // A program that reads finds nothing.
        channel.end();
      });
    } catch {
      end(null);
    }
  });
}
