import type { SessionId } from '../../preload/contract/brands.ts';
import { sessionPortMessage } from '../../preload/contract/session-port.ts';
import type { Result } from '../../preload/contract/result.ts';
import { client } from '../client.ts';

type Taker = (port: MessagePort) => void;

const takers = new Map<string, Taker>();

interface PortMessage {
  readonly type: string;
  readonly sessionId: string;
}

const isPortMessage = (data: unknown): data is PortMessage =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  data.type === sessionPortMessage &&
  'sessionId' in data;

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  // Only the preload, which shares this window, may hand over a port.
  if (event.source !== window || event.origin !== window.location.origin || !isPortMessage(event.data))
    return;
  const [port] = event.ports;
  const take = takers.get(event.data.sessionId);
  takers.delete(event.data.sessionId);
  if (port !== undefined) take?.(port);
});

/**
 * Asks for the port of a session: keystrokes, output and prompts go over it straight to the ssh process.
 * `take` gets it when it comes. `ask` asks for that of another kind of session.
 */
export async function attachSession(
  sessionId: SessionId,
  take: Taker,
  ask: (session: { readonly sessionId: SessionId }) => Promise<Result<undefined>> = client.terminal.attach,
): Promise<Result<undefined>> {
  takers.set(sessionId, take);
  const answer = await ask({ sessionId });
  // Somebody who asked later still waits.
  if (!answer.ok && takers.get(sessionId) === take) takers.delete(sessionId);
  return answer;
}
