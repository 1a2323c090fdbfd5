import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalKey, PickedKey } from '../../../preload/contract/keys.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { publicKeyLine, readPublicKey } from '../../api/read/public-key.ts';
import type { WallClock } from '../../clock/index.ts';
import { sshAgentKeys, sshAgentSockets } from '../../terminal/process/auth/ssh-agents.ts';
import { keyFileText } from '../../terminal/process/auth/key-files.ts';
import { readKeyText } from '../../terminal/process/auth/key-text.ts';
import { plainTypeOf, type OfferedKey } from '../../terminal/process/auth/offered-key.ts';
import type { Environment } from '../../terminal/process/auth/paths.ts';
import { readHostConfig } from '../../terminal/process/config/host-config.ts';

/** A folder with more than this is no folder of keys. */
const maxFiles = 200;

/** The keys of ~/.ssh and of the SSH agents, each once; those in files first, by name. */
export async function localKeys(from: Environment, clock: WallClock): Promise<readonly LocalKey[]> {
  const folder = join(from.home, '.ssh');
  const names = await readdir(folder).catch((): string[] => []);
  const files = names
    .sort()
    .slice(0, maxFiles)
    .map(async (name) => (await keyInFile(join(folder, name), from.home)).key);
  // No host is meant: what the configuration says of all of them holds.
  const config = await readHostConfig(from, { host: '', port: null, user: null, otherwiseUser: '' });
  const sockets = sshAgentSockets(from, config);
  const held = (await sshAgentKeys(sockets, clock)).flatMap((offer) => localKey(lineOf(offer)) ?? []);
  const keys = new Map<string, LocalKey>();
  for (const key of await Promise.all(files)) if (key !== null) merge(keys, key);
  for (const key of held) merge(keys, { ...key, inSshAgent: true });
  return [...keys.values()];
}

/** Reads the key of a file that the user chose: a public one, or the public half of a private one. */
export async function readKeyFile(path: string, home: string): Promise<Result<PickedKey>> {
  const { key, problem } = await keyInFile(path, home);
  if (key !== null) return ok({ key, isFromPrivate: key.hasPrivateFile });
  return fail({ kind: 'refused', message: problem });
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
    inSshAgent: known.inSshAgent || key.inSshAgent,
  });
}

/** The key of a file, or why there is none, as a sentence. */
async function keyInFile(
  path: string,
  home: string,
): Promise<{ readonly key: LocalKey | null; readonly problem: string }> {
  const none = (problem: string): { readonly key: null; readonly problem: string } => ({
    key: null,
    problem,
  });
  const noKey = 'This file contains no public key in OpenSSH’s format. Choose one that ends in .pub.';
  const text = await keyFileText(path);
  if (typeof text !== 'string') return none(text === null ? noKey : `This file ${text.problem}.`);
  const shown = path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
  const found = readKeyText(text);
  if (found.kind === 'none' || found.kind === 'public') {
    const key = localKey(publicKeyLine(text));
    return key === null ? none(noKey) : { key: { ...key, path: shown }, problem: '' };
  }
  // Nobody is asked for a passphrase: some formats have the public half in the clear, or it lies beside.
  const key = (found.key && localKey(lineOf(found.key))) ?? (await keyBeside(path));
  if (key !== null) return { key: { ...key, path: shown, hasPrivateFile: true }, problem: '' };
  return none(
    found.kind === 'unusable'
      ? `This file ${found.problem(shown)}.`
      : 'The public half of this private key cannot be read: it is locked. Choose the file beside it that ends in .pub.',
  );
}

async function keyBeside(path: string): Promise<LocalKey | null> {
  const text = await keyFileText(`${path}.pub`);
  return typeof text === 'string' ? localKey(publicKeyLine(text)) : null;
}

/** A certificate is shown as its key, which is what an account registers. */
function lineOf({ comment, type, plainBlob }: OfferedKey): string {
  return `${plainTypeOf(type)} ${plainBlob.toString('base64')} ${comment}`.trim();
}

function localKey(line: string): LocalKey | null {
  const facts = readPublicKey(line);
  return facts && { publicKey: line, facts, path: null, hasPrivateFile: false, inSshAgent: false };
}
