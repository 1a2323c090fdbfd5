import { randomUUID } from 'node:crypto';
import { MessageChannelMain, type WebContents } from 'electron';
import type { AccountId, SessionId } from '../../preload/contract/brands.ts';
import { fail } from '../../preload/contract/result.ts';
import { sessionPortMessage } from '../../preload/contract/session-port.ts';
import { systemClock } from '../clock/index.ts';
import type { ApiClient } from '../api/index.ts';
import type * as Network from './network.ts';
import { createConsoles, type Consoles, type ConsolesOptions } from './consoles.ts';

export interface AppConsolesOptions extends Pick<
  ConsolesOptions,
  'find' | 'password' | 'mask' | 'onChanged'
> {
  /** The client of an account; null where it is signed out. */
  readonly client: (accountId: AccountId) => Pick<ApiClient, 'request'> | null;
}

/** The consoles of the app, over Electron's ports and the API. */
export interface AppConsoles extends Omit<Consoles, 'attach'> {
  /** Gives the page a port to a console; false when there is no such console. */
  attach(sessionId: SessionId, contents: WebContents): boolean;
  /** Consoles of this account are opened with this certificate (PEM) and no other: those of a local Evorxa. */
  trustOnly(accountId: AccountId, certificate: string): void;
}

/** Joins the consoles with Electron, the API and the network. */
export function createAppConsoles(options: AppConsolesOptions): AppConsoles {
  let loaded: typeof Network | null = null;
  const network = (): typeof Network => {
    if (loaded === null) throw new Error('A console is opened before its address was asked for.');
    return loaded;
  };
  const pinned = new Map<AccountId, string>();
  const consoles = createConsoles({
    ...options,
    clock: systemClock,
    openSocket: (...wanted) => network().openSecureSocket(...wanted),
    newSessionId: () => randomUUID() as SessionId,
    ask: async (accountId, instanceId, signal) => {
      loaded ??= await import('./network.ts');
      const client = options.client(accountId);
      if (client === null) return fail({ kind: 'unauthorized', message: 'Signed out.' });
      const asked = await client.request('instances.vnc', { path: { id: instanceId } }, { signal });
      return asked.ok ? { ok: true, value: asked.value.value } : asked;
    },
    roots: (accountId) => {
      const only = pinned.get(accountId);
      return only === undefined ? network().trustedRoots(process.env) : [only];
    },
  });
  return {
    ...consoles,
    attach: (sessionId, contents) => {
      const { port1, port2 } = new MessageChannelMain();
      if (!consoles.attach(sessionId, port1)) return false;
      contents.postMessage(sessionPortMessage, sessionId, [port2]);
      return true;
    },
    trustOnly: (accountId, certificate) => {
      pinned.set(accountId, certificate);
    },
  };
}
