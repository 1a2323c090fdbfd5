import type { Client } from 'ssh2';
import type { WallClock } from '../../clock/index.ts';

/** So long a script may take, and so much of what it prints is read. */
const limitMs = 30_000;
const limitBytes = 64 * 1024;

/**
 * What came of a script: what it printed; `refused`: the server gave no channel for it, and it did not run; `lost`: it
 * took too long or the connection ended, and it may have run.
 */
export type ScriptRun =
  { readonly kind: 'printed'; readonly text: string } | { readonly kind: 'refused' | 'lost' };

/**
 * Has `sh` of the server run a script, which it reads from its input: whatever login shell there is, it has one word to
 * understand.
 */
export function runScript(client: Client, clock: WallClock, script: string): Promise<ScriptRun> {
  return new Promise((resolve) => {
    let isOver = false;
    const end = (run: ScriptRun): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      client.removeListener('close', gone);
      resolve(run);
    };
    const gone = (): void => end({ kind: 'lost' });
    const cancel = clock.setTimeout(gone, limitMs);
    client.once('close', gone);
    try {
      client.exec('sh -s', (error, channel) => {
        if (error) {
          end({ kind: 'refused' });
          return;
        }
        // Nobody waits any more for a channel that opens late: the script is not sent.
        if (isOver) {
          channel.close();
          return;
        }
        let text = '';
        channel.on('data', (chunk: Buffer) => {
          if (text.length < limitBytes) text += chunk.toString('utf8');
        });
        channel.on('error', gone);
        channel.on('close', () => end({ kind: 'printed', text }));
        channel.stderr.resume();
        channel.end(script);
      });
    } catch {
      end({ kind: 'refused' });
    }
  });
}
