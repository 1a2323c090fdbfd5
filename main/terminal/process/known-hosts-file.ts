import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  knownHostsLine,
  parseKnownHosts,
  withoutHost,
  type HostAddress,
  type KnownHost,
} from './known-hosts.ts';

/** The host keys that are trusted: read again each time, since OpenSSH and people write these files too. */
export interface KnownHosts {
  readonly read: () => Promise<readonly KnownHost[]>;
  /** The same, with other files in place of those that are read only. */
  readonly readWith: (readOnlyPaths: readonly string[]) => Promise<readonly KnownHost[]>;
  /** The files that are only read. */
  readonly readOnlyPaths: readonly string[];
  /** Trusts a key for a host. */
  readonly add: (address: HostAddress, key: Buffer) => Promise<void>;
  /** Takes back all keys that were trusted for a host in the app's own file. */
  readonly forget: (address: HostAddress) => Promise<void>;
}

/**
 * Host keys in files of OpenSSH's format: `ownPath` is read and written, the others are read only and may be
 * absent or out of reach.
 */
export function knownHostsFiles(ownPath: string, readOnlyPaths: readonly string[]): KnownHosts {
  let last: Promise<void> = Promise.resolve();
  /** One change at a time, so that two sessions never write over each other. */
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    const next = last.then(change);
    // One that failed tells its own caller; those after it are not to blame.
    last = next.catch(() => undefined);
    return next;
  };
  const readWith = async (paths: readonly string[]): Promise<readonly KnownHost[]> => {
    const own = parseKnownHosts(await readOrEmpty(ownPath, ['ENOENT']), ownPath);
    const others = await Promise.all(
      paths.map(async (path) =>
        parseKnownHosts(
          await readOrEmpty(path, ['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR']),
          path,
          false,
        ),
      ),
    );
    return [...own, ...others.flat()];
  };
  return {
    readOnlyPaths,
    readWith,
    read: () => readWith(readOnlyPaths),
    add: (address, key) =>
      inTurn(async () => {
        await mkdir(dirname(ownPath), { recursive: true, mode: 0o700 });
        const text = await readOrEmpty(ownPath, ['ENOENT']);
        const start = text === '' || text.endsWith('\n') ? '' : '\n';
        await appendFile(ownPath, `${start}${knownHostsLine(address, key)}\n`, { mode: 0o600 });
      }),
    forget: (address) =>
      inTurn(async () => {
        const file = await bytesOrNone(ownPath, ['ENOENT']);
        const rest = withoutHost(file, address);
        if (rest.equals(file)) return;
        const newPath = `${ownPath}.new`;
        await writeFile(newPath, rest, { mode: 0o600 });
        await rename(newPath, ownPath);
      }),
  };
}

/** The same files, with those in place of the user's and the system's that ~/.ssh/config names for a host. */
export function withOtherFiles(
  knownHosts: KnownHosts,
  { user, system }: { readonly user: readonly string[] | null; readonly system: readonly string[] | null },
): KnownHosts {
  const paths = [...(user ?? knownHosts.readOnlyPaths), ...(system ?? [])];
  return { ...knownHosts, read: () => knownHosts.readWith(paths) };
}

async function readOrEmpty(path: string, emptyOn: readonly string[]): Promise<string> {
  return (await bytesOrNone(path, emptyOn)).toString('utf8');
}

async function bytesOrNone(path: string, noneOn: readonly string[]): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && noneOn.includes(String(error.code)))
      return Buffer.alloc(0);
    throw error;
  }
}
