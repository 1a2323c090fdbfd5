import { createRequire } from 'node:module';
import type { Client, ClientChannel } from 'ssh2';
import type { ServerAnswer } from './auth/context.ts';
import { wireString } from './auth/wire.ts';

/** The parts of ssh2 1.17 that it keeps to itself and that are used here. A test holds each of them. */
interface Protocol {
  readonly _handlers: Record<string, ((...args: never[]) => void) | undefined>;
  readonly _authsQueue: string[];
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      readonly alloc: (length: number) => Buffer;
      readonly finalize: (packet: Buffer) => Buffer;
    };
  };
}

// Under another name than `require`, which the bundler gives a meaning of its own.
const load = createRequire(import.meta.url);
const { bindingAvailable } = load('ssh2/lib/protocol/crypto.js') as {
  readonly bindingAvailable?: unknown;
};
const { sendPacket } = load('ssh2/lib/protocol/utils.js') as {
  readonly sendPacket: (protocol: Protocol, packet: Buffer) => void;
};

/**
 * Whether ssh2 decrypts into memory of its own. With its native part it decrypts in place, and keeps pieces of
 * what was read (the messages of a key exchange, output that waits): then each chunk must be a copy. Electron
 * runs without that part, as does an install without build scripts.
 */
export const decryptsToFreshMemory = bindingAvailable === false;

/** So much of a channel that is paused may lie in it before the server is given no more window. */
const channelBytes = 64 * 1024;

/**
 * Has a channel that is paused stop its server soon. By itself ssh2 grants a window of 2 MB anew while 2 MB lie in it, all of
 * which is to be parsed before the answer to what somebody types, as Ctrl-C.
 */
export function holdLittle(channel: ClientChannel): void {
  const { _readableState } = channel as unknown as { readonly _readableState: { highWaterMark: number } };
  _readableState.highWaterMark = channelBytes;
}

/** What a server says that ssh2 does not pass on. */
export interface Inside {
  /** The answer to the last attempt; ssh2 leaves those to keys out. */
  readonly lastAnswer: ServerAnswer | null;
  /** `server-sig-algs` of RFC 8308; null where the server sent none. */
  readonly signatureAlgorithms: readonly string[] | null;
  /** The server's goodbye: its number (RFC 4253, section 11.1) and its words. */
  readonly disconnect: { readonly reason: number; readonly text: string } | null;
  /** Sends a request that was signed: `signedData` begins with the session's id (RFC 4252, section 7). */
  readonly sendSigned: (signedData: Buffer, signature: Buffer) => void;
}

/** Looks inside a client that has begun to connect; `onInstructions` gets what comes without a question. */
export function lookInside(
  client: Client,
  onInstructions: (name: string, instructions: string) => void,
): Inside {
  const protocol = (client as unknown as { readonly _protocol: Protocol })._protocol;
  const handlers = protocol._handlers;
  let lastAnswer: ServerAnswer | null = null;
  let signatureAlgorithms: readonly string[] | null = null;
  let disconnect: Inside['disconnect'] = null;
  const before = (name: string, listen: (...args: never[]) => void): void => {
    const original = handlers[name];
    if (original === undefined) throw new Error(`ssh2 no longer has ${name}`);
    handlers[name] = (inner: never, ...args: never[]) => {
      listen(...args);
      original(inner, ...args);
    };
  };
  before('USERAUTH_FAILURE', (methodsLeft: readonly string[], partialSuccess: boolean) => {
    lastAnswer = { methodsLeft, partialSuccess };
  });
  before('USERAUTH_INFO_REQUEST', (name: string, instructions: string, prompts?: readonly unknown[]) => {
    if ((prompts?.length ?? 0) === 0) onInstructions(name, instructions);
  });
  before(
    'EXT_INFO',
    (extensions: readonly { readonly name: string; readonly algs?: readonly string[] }[]) => {
      signatureAlgorithms ??= extensions.find(({ name }) => name === 'server-sig-algs')?.algs ?? null;
    },
  );
  before('DISCONNECT', (reason: number, text: string) => {
    disconnect ??= { reason, text };
  });
  return {
    get lastAnswer() {
      return lastAnswer;
    },
    get signatureAlgorithms() {
      return signatureAlgorithms;
    },
    get disconnect() {
      return disconnect;
    },
    sendSigned: (signedData, signature) => {
      const request = signedData.subarray(4 + signedData.readUInt32BE(0));
      const payload = Buffer.concat([request, wireString(signature)]);
      const { write } = protocol._packetRW;
      const packet = write.alloc(payload.length);
      packet.set(payload, write.allocStart);
      protocol._authsQueue.push('publickey');
      sendPacket(protocol, write.finalize(packet));
    },
  };
}
