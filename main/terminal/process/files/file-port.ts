import * as z from 'zod/mini';
import {
  conflictChoice,
  fileRequest,
  type PortFromFiles,
  type PortToFiles,
} from '../../../../preload/contract/remote-files.ts';
import { answerMessage, checkedPort, type RawPort } from '../port.ts';

/** A view's end of a session with files. */
export interface FilePort {
  readonly send: (message: PortFromFiles) => void;
  /** Called with what the view says; it is checked already. */
  readonly onMessage: (listener: (message: PortToFiles) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
}

/** The renderer is not trusted: what comes over its port is judged before it is used. */
const portMessage = z.discriminatedUnion('type', [
  answerMessage,
  z.object({ type: z.literal('reconnect') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('request'), requestId: z.int(), request: fileRequest }),
  z.object({
    type: z.literal('transfer'),
    transferId: z.int(),
    action: z.enum(['pause', 'resume', 'cancel', 'dismiss']),
  }),
  z.object({
    type: z.literal('conflict'),
    transferId: z.int(),
    conflictId: z.int(),
    choice: conflictChoice,
    forAll: z.boolean(),
  }),
]);

/** Checks one message of a view; null for one that is none. */
export function parseFilePortMessage(message: unknown): PortToFiles | null {
  const parsed = portMessage.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** The port of a session with files, over one of Electron's. */
export const filePort = (raw: RawPort): FilePort => checkedPort(raw, parseFilePortMessage);
