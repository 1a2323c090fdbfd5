import { homedir } from 'node:os';
import { safeParse } from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import {
  connectionSettings,
  type ConnectionBook,
  type ConnectionSettings,
} from '../../preload/contract/terminal.ts';
import type { JsonStore } from '../storage/index.ts';
import { personsPath, withTilde } from './process/auth/paths.ts';

/** How a server is reached of which nothing was said yet. */
export const defaultConnection: ConnectionSettings = {
  host: null,
  port: 22,
  user: 'root',
  auth: { method: 'auto' },
};

/** The connection settings of instances: those that a person saved, on disk; those of the demo account, in memory. */
export interface Connections {
  get(accountId: AccountId, instanceId: InstanceId): ConnectionSettings;
  /** Those of all servers of an account. */
  all(accountId: AccountId): ConnectionBook;
  save(accountId: AccountId, instanceId: InstanceId, settings: ConnectionSettings): void;
  /** Settings that live as long as the app. */
  provide(accountId: AccountId, instanceId: InstanceId, settings: ConnectionSettings): void;
  /** Fingerprint of the key that opened the instance last time, to be offered first; null where none is known. */
  keyOf(accountId: AccountId, instanceId: InstanceId): string | null;
  /** The same of all instances of an account of which a key is known. */
  keysOf(accountId: AccountId): Readonly<Record<InstanceId, string>>;
  /** Remembers which key opened it; null: none, a password was enough. */
  rememberKey(accountId: AccountId, instanceId: InstanceId, fingerprint: string | null): void;
  /** Drops what was saved for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

const nameOf = (accountId: AccountId, instanceId: InstanceId): string => `${accountId}/${instanceId}`;

/** Opens the settings under the key `connections` of a store. */
export function createConnections(store: JsonStore): Connections {
  const saved = readMap(store.get('connections'));
  const keys = readMap(store.get('connectionKeys'));
  const provided = new Map<string, ConnectionSettings>();
  const write = (): void => {
    store.set('connections', Object.fromEntries(saved));
    store.set('connectionKeys', Object.fromEntries(keys));
  };
  const get = (accountId: AccountId, instanceId: InstanceId): ConnectionSettings => {
    const key = nameOf(accountId, instanceId);
    const parsed = safeParse(connectionSettings, saved.get(key));
    return parsed.success ? parsed.data : (provided.get(key) ?? defaultConnection);
  };
  return {
    get,
    all: (accountId) => {
      const prefix = `${accountId}/`;
      const names = [...provided.keys(), ...saved.keys()].filter((name) => name.startsWith(prefix));
      const ids = names.map((name) => name.slice(prefix.length) as InstanceId);
      const byId = Object.fromEntries(ids.map((id) => [id, get(accountId, id)]));
      return { byId, otherwise: defaultConnection, keyFiles: keyFilesOf(Object.values(byId)) };
    },
    save: (accountId, instanceId, settings) => {
      const key = nameOf(accountId, instanceId);
      if (provided.has(key)) {
        provided.set(key, settings);
        return;
      }
      saved.set(key, settings);
      write();
    },
    provide: (accountId, instanceId, settings) => {
      provided.set(nameOf(accountId, instanceId), settings);
    },
    keyOf: (accountId, instanceId) => {
      const fingerprint = keys.get(nameOf(accountId, instanceId));
      return typeof fingerprint === 'string' ? fingerprint : null;
    },
    keysOf: (accountId) =>
      Object.fromEntries(
        [...keys].flatMap(([name, fingerprint]) =>
          name.startsWith(`${accountId}/`) && typeof fingerprint === 'string'
            ? [[name.slice(accountId.length + 1), fingerprint]]
            : [],
        ),
      ),
    rememberKey: (accountId, instanceId, fingerprint) => {
      const name = nameOf(accountId, instanceId);
      if (provided.has(name) || (keys.get(name) ?? null) === fingerprint) return;
      if (fingerprint === null) keys.delete(name);
      else keys.set(name, fingerprint);
      write();
    },
    forgetAccount: (accountId) => {
      for (const map of [saved, keys]) {
        for (const name of [...map.keys()]) if (name.startsWith(`${accountId}/`)) map.delete(name);
      }
      write();
    },
  };
}

/** Which file each path stands for, by what was typed. */
function keyFilesOf(connections: readonly ConnectionSettings[]): ConnectionBook['keyFiles'] {
  const from = { env: process.env, platform: process.platform, home: homedir() };
  return Object.fromEntries(
    connections.flatMap(({ auth }) =>
      auth.method === 'key-file' ? [[auth.path, withTilde(personsPath(auth.path, from), from)]] : [],
    ),
  );
}

function readMap(stored: unknown): Map<string, unknown> {
  return new Map(Object.entries(typeof stored === 'object' && stored !== null ? stored : {}));
}
