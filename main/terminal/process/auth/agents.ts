import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import SSHConfig from 'ssh-config';
import ssh2, { type OpenSSHAgent, type ParsedKey } from 'ssh2';
import type { WallClock } from '../../../clock/index.ts';
import { fingerprintOf } from '../known-hosts.ts';
import type { KeyOffer } from './key-offer.ts';

/** Where this process runs, as far as the search for agents and keys asks. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const listTimeoutMs = 3_000;

/**
 * The sockets at which an SSH agent may listen, best first. An app that is started from a dock has no
 * `SSH_AUTH_SOCK` of a shell, so the usual places are looked at too. `IdentityAgent` of ~/.ssh/config wins
 * alone, as with OpenSSH; its `none` means no agent.
 */
export function agentSockets(from: Surroundings, sshConfig: string, host: string): string[] {
  const { env, home, platform } = from;
  const configured = identityAgent(sshConfig, host);
  if (configured === 'none') return [];
  const shell = env['SSH_AUTH_SOCK'];
  if (configured !== null && configured !== 'SSH_AUTH_SOCK') return [expandHome(configured, from)];
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

/** The keys that the agents at these sockets hold, each once. A socket without an agent is passed over. */
export async function agentKeys(sockets: readonly string[], clock: WallClock): Promise<KeyOffer[]> {
  const offers = new Map<string, KeyOffer>();
  for (const socket of sockets) {
    const agent = new ssh2.OpenSSHAgent(socket);
    for (const publicKey of await identities(agent, clock)) {
      const fingerprint = fingerprintOf(publicKey.getPublicSSH());
      if (offers.has(fingerprint)) continue;
      offers.set(fingerprint, {
        publicKey,
        fingerprint,
        sign: (data, hash) => signWith(agent, publicKey, data, hash),
      });
    }
  }
  return [...offers.values()];
}

/** Reads the person's ~/.ssh/config; without one, it says nothing. */
export async function readSshConfig(from: Surroundings): Promise<string> {
  return readFile(join(from.home, '.ssh', 'config'), 'utf8').catch(() => '');
}

function identities(agent: OpenSSHAgent, clock: WallClock): Promise<readonly ParsedKey[]> {
  return new Promise((resolve) => {
    const giveUp = clock.setTimeout(() => resolve([]), listTimeoutMs);
    agent.getIdentities((error, keys) => {
      giveUp();
      // OpenSSHAgent parses what it hands out; the other shapes are those of agents written by hand.
      const parsed = (keys ?? []).filter((key): key is ParsedKey => 'getPublicSSH' in key);
      resolve(error instanceof Error ? [] : parsed);
    });
  });
}

function signWith(
  agent: OpenSSHAgent,
  key: ParsedKey,
  data: Buffer,
  hash: string | undefined,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null | undefined, signature?: Buffer): void => {
      if (signature === undefined) reject(error ?? new Error('The agent refused to sign'));
      else resolve(signature);
    };
    if (hash === 'sha256' || hash === 'sha512') agent.sign(key, data, { hash }, done);
    else agent.sign(key, data, done);
  });
}

/** `Match exec` never runs its command here: ssh-config leaves it out unless it is asked to. */
function identityAgent(sshConfig: string, host: string): string | null {
  try {
    const value = SSHConfig.parse(sshConfig).compute(host)['IdentityAgent'];
    return typeof value === 'string' ? value : (value?.[0] ?? null);
  } catch {
    return null;
  }
}

function expandHome(path: string, { home, env }: Surroundings): string {
  return path
    .replace(/^~(?=\/|$)/, home)
    .replaceAll('%d', home)
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => env[name] ?? whole);
}

function present(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : [value];
}
