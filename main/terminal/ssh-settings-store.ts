import { homedir } from 'node:os';
import * as z from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import { sshSettings, type SshSettingsById, type SshSettings } from '../../preload/contract/terminal.ts';
import { createAccountStore, readableRecord, type AccountFiles } from '../storage/index.ts';
import { personsPath, withTilde } from './process/auth/paths.ts';

/** How an instance is reached of which nothing was said yet. */
export const defaultSshSettings: SshSettings = {
  host: null,
  port: null,
  user: null,
  auth: { method: 'auto' },
};

/** The connection settings of instances: those that the user saved, on disk; those of the demo account, in memory. */
export interface SshSettingsStore {
  get(accountId: AccountId, instanceId: InstanceId): SshSettings;
  /** Those of all instances of an account. */
  all(accountId: AccountId): SshSettingsById;
  save(accountId: AccountId, instanceId: InstanceId, settings: SshSettings): void;
  /** Settings that live as long as the app. */
  provide(accountId: AccountId, instanceId: InstanceId, settings: SshSettings): void;
  /** Fingerprint of the key that opened the instance last time, to be offered first; null where none is known. */
  keyOf(accountId: AccountId, instanceId: InstanceId): string | null;
  /** The same of all instances of an account of which a key is known. */
  keysOf(accountId: AccountId): Readonly<Record<InstanceId, string>>;
  /** Remembers which key opened it; null: none, a password was enough. */
  rememberKey(accountId: AccountId, instanceId: InstanceId, fingerprint: string | null): void;
  /** Drops what was saved for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the settings under the keys `connections` and `connectionKeys` of the account files. */
export function createSshSettingsStore(files: AccountFiles): SshSettingsStore {
  const saved = createAccountStore<Readonly<Record<string, SshSettings>>>({
    files,
    key: 'connections',
    schema: readableRecord(sshSettings),
    empty: {},
  });
  const keys = createAccountStore<Readonly<Record<string, string>>>({
    files,
    key: 'connectionKeys',
    schema: readableRecord(z.string()),
    empty: {},
  });
  const provided = new Map<AccountId, Map<InstanceId, SshSettings>>();
  const get = (accountId: AccountId, instanceId: InstanceId): SshSettings =>
    ownOf(saved.of(accountId), instanceId) ?? provided.get(accountId)?.get(instanceId) ?? defaultSshSettings;
  const provide = (accountId: AccountId, instanceId: InstanceId, settings: SshSettings): void => {
    provided.set(
      accountId,
      (provided.get(accountId) ?? new Map<InstanceId, SshSettings>()).set(instanceId, settings),
    );
  };
  const isProvided = (accountId: AccountId, instanceId: InstanceId): boolean =>
    provided.get(accountId)?.has(instanceId) === true;
  return {
    get,
    all: (accountId) => {
      const byId = { ...Object.fromEntries(provided.get(accountId) ?? []), ...saved.of(accountId) };
      return { byId, otherwise: defaultSshSettings, keyFiles: keyFilesOf(Object.values(byId)) };
    },
    save: (accountId, instanceId, settings) => {
      if (isProvided(accountId, instanceId)) provide(accountId, instanceId, settings);
      else saved.set(accountId, { ...saved.of(accountId), [instanceId]: settings });
    },
    provide,
    keyOf: (accountId, instanceId) => ownOf(keys.of(accountId), instanceId) ?? null,
    keysOf: keys.of,
    rememberKey: (accountId, instanceId, fingerprint) => {
      const known = keys.of(accountId);
      if (isProvided(accountId, instanceId) || (ownOf(known, instanceId) ?? null) === fingerprint) return;
      const others = Object.entries(known).filter(([id]) => id !== instanceId);
      const next = fingerprint === null ? others : [...others, [instanceId, fingerprint] as const];
      keys.set(accountId, Object.fromEntries(next));
    },
    forgetAccount: (accountId) => {
      saved.forgetAccount(accountId);
      keys.forgetAccount(accountId);
    },
  };
}

/** An id is whatever the API says: it finds what was put under it, never what every object has. */
function ownOf<T>(values: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(values, id) ? values[id] : undefined;
}

/** Which file each path stands for, by what was typed. */
function keyFilesOf(sshSettings: readonly SshSettings[]): SshSettingsById['keyFiles'] {
  const from = { env: process.env, platform: process.platform, home: homedir() };
  return Object.fromEntries(
    sshSettings.flatMap(({ auth }) =>
      auth.method === 'key-file' ? [[auth.path, withTilde(personsPath(auth.path, from), from)]] : [],
    ),
  );
}
