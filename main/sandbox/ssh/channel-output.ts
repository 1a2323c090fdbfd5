import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Writes to a stream and waits while it is full, so that a command that floods is slowed down by its reader.
 * Resolves also when the signal or the stream ends.
 */
export async function writeWithPressure(stream: Writable, text: string, signal: AbortSignal): Promise<void> {
  if (text === '' || stream.destroyed || stream.writableEnded) return;
  if (stream.write(text)) return;
  await once(stream, 'drain', { signal }).catch(() => undefined);
}
