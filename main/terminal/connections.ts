import { safeParse } from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import { connectionSettings, type ConnectionSettings } from '../../preload/contract/terminal.ts';
import type { JsonStore } from '../settings/index.ts';

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
  save(accountId: AccountId, instanceId: InstanceId, settings: ConnectionSettings): void;
  /** Settings that live as long as the app. */
  provide(accountId: AccountId, instanceId: InstanceId, settings: ConnectionSettings): void;
  /** Drops what was saved for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

const keyOf = (accountId: AccountId, instanceId: InstanceId): string => `${accountId}/${instanceId}`;

/** Opens the settings under the key `connections` of a store. */
export function createConnections(store: JsonStore): Connections {
  const stored = store.get('connections');
  const saved = new Map<string, unknown>(
    Object.entries(typeof stored === 'object' && stored !== null ? stored : {}),
  );
  const provided = new Map<string, ConnectionSettings>();
  const write = (): void => store.set('connections', Object.fromEntries(saved));
  return {
    get: (accountId, instanceId) => {
      const key = keyOf(accountId, instanceId);
      const parsed = safeParse(connectionSettings, saved.get(key));
      return parsed.success ? parsed.data : (provided.get(key) ?? defaultConnection);
    },
    save: (accountId, instanceId, settings) => {
      const key = keyOf(accountId, instanceId);
      if (provided.has(key)) {
        provided.set(key, settings);
        return;
      }
      saved.set(key, settings);
      write();
    },
    provide: (accountId, instanceId, settings) => {
      provided.set(keyOf(accountId, instanceId), settings);
    },
    forgetAccount: (accountId) => {
      for (const key of [...saved.keys()]) if (key.startsWith(`${accountId}/`)) saved.delete(key);
      write();
    },
  };
}
