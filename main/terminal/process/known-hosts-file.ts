import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './errors.ts';
import { lineIdOf } from './known-hosts-list.ts';
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
  /** The user's and the system's files, which are only read. */
  readonly userPaths: readonly string[];
  readonly systemPaths: readonly string[];
  /** Trusts a key for a host. */
  readonly add: (address: HostAddress, key: Buffer) => Promise<void>;
  /** Takes back all keys that were trusted for a host in the app's own file. */
  readonly forget: (address: HostAddress) => Promise<void>;
}

/** The same, with the files that they are in, for who looks at them as such. */
export interface KnownHostsFiles extends KnownHosts {
  /** The files as they are; one that cannot be read says why. */
  readonly files: () => Promise<readonly KnownHostsFile[]>;
  /** Takes a line out of the app's own file, wherever it stands by now; answers with what stood there, if anything. */
  readonly forgetLine: (lineId: string) => Promise<string | null>;
}

/** A file of known hosts: its bytes, none where it is not there, or the system's code for why it cannot be read. */
export interface KnownHostsFile {
  readonly path: string;
  readonly isOwn: boolean;
  readonly content: Buffer | { readonly problem: string };
}

/**
 * Host keys in files of OpenSSH's format: `ownPath` is read and written, the user's and the system's are read only and may be
 * absent or out of reach.
 */
export function knownHostsFiles(
  ownPath: string,
  userPaths: readonly string[],
  systemPaths: readonly string[] = [],
): KnownHostsFiles {
  const readOnlyPaths = [...userPaths, ...systemPaths];
  let last: Promise<unknown> = Promise.resolve();
  /** One change at a time, so that two sessions never write over each other. */
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
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
    userPaths,
    systemPaths,
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
        if (!rest.equals(file)) await replace(ownPath, rest);
      }),
    files: () =>
      Promise.all(
        [ownPath, ...readOnlyPaths].map(async (path) => ({
          path,
          isOwn: path === ownPath,
          content: await bytesOrNone(path, ['ENOENT']).catch((error: unknown) => ({
            problem: errorCode(error),
          })),
        })),
      ),
    forgetLine: (lineId) =>
      inTurn(async () => {
        const lines = (await bytesOrNone(ownPath, ['ENOENT'])).toString('latin1').split('\n');
        const found = lines.find((line) => lineIdOf(line) === lineId);
        if (found === undefined) return null;
        const rest = lines.filter((line) => lineIdOf(line) !== lineId).join('\n');
        await replace(ownPath, Buffer.from(rest, 'latin1'));
        return Buffer.from(found, 'latin1').toString('utf8');
      }),
  };
}

/** The same files, with those in place of the user's and the system's that ~/.ssh/config names for a host. */
export function withOtherFiles(
  knownHosts: KnownHosts,
  { user, system }: { readonly user: readonly string[] | null; readonly system: readonly string[] | null },
): KnownHosts {
  const paths = [...(user ?? knownHosts.userPaths), ...(system ?? knownHosts.systemPaths)];
  return { ...knownHosts, read: () => knownHosts.readWith(paths) };
}

async function replace(path: string, content: Buffer): Promise<void> {
  const newPath = `${path}.new`;
  await writeFile(newPath, content, { mode: 0o600 });
  await rename(newPath, path);
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
