import { randomUUID } from 'node:crypto';
import type { AccountsState } from '../../preload/contract/account.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { ok } from '../../preload/contract/result.ts';
import { Accounts, type AccountsDeps } from '../accounts/index.ts';
import { checkToken, createApiClient, parseBaseUrl, type Fetch, type RequestLog } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import { registerSecret } from '../log/index.ts';
import type { SshSecrets } from '../terminal/index.ts';
import type { DefaultApi } from './default-api.ts';

/** What holding the accounts takes. */
export interface SignedInOptions extends Pick<
  AccountsDeps,
  'store' | 'keychain' | 'removals' | 'startDemo' | 'onSignedOut'
> {
  readonly sshSecrets: Pick<SshSecrets, 'forgetAccount'>;
  readonly fetch: Fetch;
  readonly defaultApi: DefaultApi;
  readonly onRequest: (entry: RequestLog) => void;
  readonly onChange: (state: AccountsState) => void;
  /** Told what our own code threw while a token was checked. */
  readonly onBug: (cause: unknown) => void;
}

/** Makes what holds the accounts: each token is checked against the API before it is kept. */
export function createAccounts(options: SignedInOptions): Accounts {
  const { fetch, onRequest } = options;
  return new Accounts({
    store: options.store,
    keychain: options.keychain,
    removals: options.removals,
    defaultApiUrl: options.defaultApi.url,
    mayUseDefaultApi: () => options.defaultApi.mayGetToken(),
    checkApiUrl: parseBaseUrl,
    identify: async (apiUrl, token) => {
      const client = createApiClient({
        baseUrl: apiUrl,
        token,
        fetch,
        clock: systemClock,
        random: Math.random,
        log: onRequest,
        onBug: options.onBug,
      });
      const me = await checkToken(client);
      if (!me.ok) return me;
      const { name, email, projects, onboarded } = me.value;
      return ok({ name, email, projects, onboarded });
    },
    forgetSecrets: async (id) =>
      (await options.sshSecrets.forgetAccount(id)).map((kind) => `ssh-${kind}` as const),
    startDemo: options.startDemo,
    newId: () => randomUUID() as AccountId,
    registerSecret,
    onChange: options.onChange,
    onSignedOut: options.onSignedOut,
  });
}
