import * as z from 'zod/mini';
import type { PortFromForwards, PortToForwards } from '../../../../preload/contract/port-forwards.ts';
import { answerMessage, checkedPort, type RawPort } from '../port.ts';

/** A view's end of the connection of port forwards: it carries its questions. */
export interface ForwardPort {
  readonly send: (message: PortFromForwards) => void;
  /** Called with what the view says; it is checked already. */
  readonly onMessage: (listener: (message: PortToForwards) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
}

/** The renderer is not trusted: what comes over its port is judged before it is used. */
const portMessage = z.discriminatedUnion('type', [answerMessage, z.object({ type: z.literal('cancel') })]);

/** Checks one message of a view; null for one that is none. */
function parseForwardPortMessage(message: unknown): PortToForwards | null {
  const parsed = portMessage.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** The port of a connection of port forwards, over one of Electron's. */
export const forwardPort = (raw: RawPort): ForwardPort => checkedPort(raw, parseForwardPortMessage);
