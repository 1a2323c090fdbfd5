import { connect } from 'node:net';
import { join } from 'node:path';
import type { WallClock } from '../../../clock/index.ts';
import { offeredKey } from './offered-key.ts';
import type { KeyOffer } from './key-offer.ts';
import type { Environment } from './paths.ts';
import type { HostConfig } from '../config/host-config.ts';
import { WireReader, wireString, wireUint32 } from './wire.ts';

const listTimeoutMs = 3_000;
/** As OpenSSH's agent protocol has it (draft-miller-ssh-agent). */
const message = { identities: 11, identitiesAnswer: 12, sign: 13, signAnswer: 14 } as const;
const signFlags = { sha256: 2, sha512: 4 };
/** As OpenSSH's MAX_AGENT_REPLY_LEN and AGENT_MAX_LEN. */
const maxAnswerBytes = 256 * 1024;

/**
 * The sockets at which an SSH agent may listen, best first. An app that is started from a dock has no
 * `SSH_AUTH_SOCK` of a shell, so the usual places are looked at too. `IdentityAgent` of ~/.ssh/config wins
 * alone, as with OpenSSH; its `none` means no agent.
 */
export function sshAgentSockets(from: Environment, config: Pick<HostConfig, 'identityAgent'>): string[] {
  const { env, home, platform } = from;
  if (config.identityAgent === 'none') return [];
  if (config.identityAgent !== null) return [config.identityAgent];
  const shell = env['SSH_AUTH_SOCK'];
  if (platform === 'win32') return [...present(shell), '\\\\.\\pipe\\openssh-ssh-agent'];
  const runtime = env['XDG_RUNTIME_DIR'];
  const usual =
    platform === 'darwin'
      ? [join(home, 'Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock')]
      : [
          join(home, '.1password/agent.sock'),
          ...present(runtime).flatMap((folder) =>
            ['gcr/ssh', 'keyring/ssh', 'ssh-agent.socket'].map((name) => join(folder, name)),
          ),
        ];
  return [...new Set([...present(shell), ...usual])];
}

/**
 * The keys that the agents at these sockets hold, each once: plain ones, those of security keys, certificates. A
 * socket without an agent is passed over.
 */
export async function sshAgentKeys(sockets: readonly string[], clock: WallClock): Promise<KeyOffer[]> {
  const offers = new Map<string, KeyOffer>();
  for (const socket of sockets) {
    for (const { blob, comment } of (await identities(socket, clock)) ?? []) {
      const key = offeredKey(blob, comment);
      const id = blob.toString('base64');
      if (key === null || offers.has(id)) continue;
      offers.set(id, {
        ...key,
        sign: (data, hash) => signature(socket, blob, data, hash),
      });
    }
  }
  return [...offers.values()];
}

/** The first of these sockets at which an agent answers; null where none does. */
export async function answeringAgent(sockets: readonly string[], clock: WallClock): Promise<string | null> {
  for (const socket of sockets) if ((await identities(socket, clock)) !== null) return socket;
  return null;
}

interface Identity {
  readonly blob: Buffer;
  readonly comment: string;
}

/** Null where no agent answers. */
async function identities(socket: string, clock: WallClock): Promise<readonly Identity[] | null> {
  const request = ask(socket, Buffer.of(message.identities));
  const cancel = clock.setTimeout(() => request.giveUp(), listTimeoutMs);
  try {
    const reader = new WireReader(await request.answer);
    if (reader.byte() !== message.identitiesAnswer) return null;
    const count = reader.uint32();
    const found: Identity[] = [];
    while (found.length < count) {
      found.push({ blob: Buffer.from(reader.string()), comment: reader.string().toString('utf8') });
    }
    return found;
  } catch {
    return null;
  } finally {
    cancel();
  }
}

/** The whole signature, with the name of its algorithm in front. No deadline: the agent may ask the user. */
async function signature(
  socket: string,
  blob: Buffer,
  data: Buffer,
  hash: 'sha256' | 'sha512' | undefined,
): Promise<Buffer> {
  const flags = wireUint32(hash === undefined ? 0 : signFlags[hash]);
  const request = Buffer.concat([Buffer.of(message.sign), wireString(blob), wireString(data), flags]);
  const reader = new WireReader(await ask(socket, request).answer);
  if (reader.byte() !== message.signAnswer) throw new Error('The agent refused to sign');
  return Buffer.from(reader.string());
}

/** Sends one request to an agent over a connection of its own. */
function ask(socket: string, request: Buffer): { readonly answer: Promise<Buffer>; giveUp: () => void } {
  const connection = connect(socket);
  const answer = new Promise<Buffer>((resolve, reject) => {
    let received = Buffer.alloc(0);
    connection.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const length = received.length < 4 ? 0 : received.readUInt32BE(0);
      if (length > maxAnswerBytes) connection.destroy(new Error('The agent answered too much'));
      if (received.length < 4 || received.length < 4 + length) return;
      resolve(received.subarray(4, 4 + length));
      connection.destroy();
    });
    connection.on('error', reject);
    connection.on('close', () => reject(new Error('The agent hung up')));
  });
  connection.write(wireString(request));
  return { answer, giveUp: () => connection.destroy() };
}

function present(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : [value];
}
