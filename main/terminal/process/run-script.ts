import type { Client } from 'ssh2';
import type { WallClock } from '../../clock/index.ts';

/** So long a script may take, and so much of what it prints is read. */
const limitMs = 30_000;
const limitBytes = 64 * 1024;

/**
 * Has `sh` of the server run a script, which it reads from its input: whatever login shell there is, it has one word to
 * understand. Gives what was printed; null where it is refused, takes too long, or the connection ends.
 */
export function runScript(client: Client, clock: WallClock, script: string): Promise<string | null> {
  return new Promise((resolve) => {
    let isOver = false;
    const end = (text: string | null): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      client.removeListener('close', gone);
      resolve(text);
    };
    const gone = (): void => end(null);
    const cancel = clock.setTimeout(gone, limitMs);
    client.once('close', gone);
    try {
      client.exec('sh -s', (error, channel) => {
        if (error) {
          end(null);
          return;
        }
        let text = '';
        channel.on('data', (chunk: Buffer) => {
          if (text.length < limitBytes) text += chunk.toString('utf8');
        });
        channel.on('error', gone);
        channel.on('close', () => end(text));
        channel.stderr.resume();
        channel.end(script);
      });
    } catch {
      end(null);
    }
  });
}
