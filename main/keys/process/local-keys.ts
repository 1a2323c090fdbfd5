import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalKey, PickedKey } from '../../../preload/contract/keys.ts';
import { looksPrivate } from '../../../preload/contract/private-key.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { readPublicKey } from '../../api/read/public-key.ts';
import type { WallClock } from '../../clock/index.ts';
import {
  agentKeys,
  agentSockets,
  readSshConfig,
  type Surroundings,
} from '../../terminal/process/auth/agents.ts';
import { keyFileOffer } from '../../terminal/process/auth/key-files.ts';
import type { KeyOffer } from '../../terminal/process/auth/key-offer.ts';

/** A folder with more than this is no folder of keys. */
const maxFiles = 200;
/** The largest RSA keys have some 13 KB. */
const maxFileBytes = 64 * 1024;

/** The keys of ~/.ssh and of the SSH agents, each once; those in files first, by name. */
export async function localKeys(from: Surroundings, clock: WallClock): Promise<readonly LocalKey[]> {
  const folder = join(from.home, '.ssh');
  const names = await readdir(folder).catch((): string[] => []);
  const files = names
    .sort()
    .slice(0, maxFiles)
    .map((name) => keyInFile(join(folder, name), from.home));
  const sockets = agentSockets(from, await readSshConfig(from), '');
  const held = (await agentKeys(sockets, clock)).flatMap((offer) => localKey(lineOf(offer)) ?? []);
  const keys = new Map<string, LocalKey>();
  for (const key of await Promise.all(files)) if (key !== null) merge(keys, key);
  for (const key of held) merge(keys, { ...key, inAgent: true });
  return [...keys.values()];
}

/** Reads the key of a file that a person chose: a public one, or the public half of a private one. */
export async function readKeyFile(path: string, home: string): Promise<Result<PickedKey>> {
  const key = await keyInFile(path, home);
  if (key !== null) return ok({ key, isFromPrivate: key.hasPrivateFile });
  const text = await readHead(path);
  const message = looksPrivate(text ?? '')
    ? 'The public half of this private key cannot be read: it is locked. Choose the file beside it that ends in .pub.'
    : 'This file holds no public key in OpenSSH’s format. Choose one that ends in .pub.';
  return fail({ kind: 'refused', message });
}

/** The same key from two places is one: what each knows is kept. */
function merge(keys: Map<string, LocalKey>, key: LocalKey): void {
  const known = keys.get(key.facts.fingerprint);
  if (known === undefined) {
    keys.set(key.facts.fingerprint, key);
    return;
  }
  // A private key's own file has no comment to read: the public one's line says more.
  const told = known.facts.comment === '' ? key : known;
  keys.set(key.facts.fingerprint, {
    ...told,
    path: (known.hasPrivateFile ? known.path : key.path) ?? known.path,
    hasPrivateFile: known.hasPrivateFile || key.hasPrivateFile,
    inAgent: known.inAgent || key.inAgent,
  });
}

async function keyInFile(path: string, home: string): Promise<LocalKey | null> {
  const text = await readHead(path);
  if (text === null) return null;
  const shown = path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
  if (!looksPrivate(text)) {
    const key = localKey(text.trim());
    return key && { ...key, path: shown };
  }
  // Nobody is asked for a passphrase: OpenSSH's format has the public half in the clear.
  const offer = await keyFileOffer(path, () => Promise.resolve(null));
  const key = offer !== null && 'publicKey' in offer ? localKey(lineOf(offer)) : null;
  return key && { ...key, path: shown, hasPrivateFile: true };
}

/** The start of a regular file; null where there is none, or it is too large for a key. */
async function readHead(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > maxFileBytes) return null;
    return await file.readFile('utf8');
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

function lineOf({ publicKey }: KeyOffer): string {
  const comment = publicKey.comment;
  return `${publicKey.type} ${publicKey.getPublicSSH().toString('base64')} ${comment}`.trim();
}

function localKey(line: string): LocalKey | null {
  const facts = readPublicKey(line);
  return facts && { publicKey: line, facts, path: null, hasPrivateFile: false, inAgent: false };
}
