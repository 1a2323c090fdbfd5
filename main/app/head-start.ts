import { join } from 'node:path';
import { readAccountList, secretName } from '../accounts/index.ts';
import { createAheadFetch, firstRequest, type AheadFetch } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import { isSecretServiceAnswering } from '../desktop/secret-service.ts';
import {
  createKeychain,
  openEntry,
  openInThread,
  openWhereSafe,
  withReadAhead,
  type ReadAheadKeychain,
} from '../keychain/index.ts';
import { registerSecret } from '../log/index.ts';
import type { Storage } from '../storage/index.ts';
import { createApiFetch } from './network.ts';

/** By then the accounts have the token, or nobody has. */
const maskedForMs = 60_000;

/** The way to the keychain and to the API, and a start on both before the backend is loaded. */
export interface HeadStart {
  readonly keychain: ReadAheadKeychain;
  readonly fetch: AheadFetch['fetch'];
  /**
   * Reads the token of the account that is shown, and asks for its instances. Both answers wait for the backend, whose
   * accounts and monitor ask the same next and judge what comes by their own rules. To be called once, before that.
   */
  readonly begin: () => Promise<void>;
}

/** What it takes. */
export interface HeadStartOptions {
  /** The folder of the built main process. */
  readonly out: string;
  readonly storage: Pick<Storage, 'accounts'>;
}

/** Opens the keychain and the network; nobody is asked until it begins. */
export function createHeadStart({ out, storage }: HeadStartOptions): HeadStart {
  const open = openWhereSafe({
    isAnswering: isSecretServiceAnswering,
    here: openEntry,
    apart: openInThread(join(out, 'keychain.js')),
  });
  return headStartOf(
    withReadAhead(createKeychain(open)),
    createAheadFetch(createApiFetch(), systemClock),
    storage.accounts,
  );
}

/** The same with the parts that reach out of the app. */
export function headStartOf(
  keychain: ReadAheadKeychain,
  { fetch, sendAhead }: AheadFetch,
  store: Storage['accounts'],
): HeadStart {
  return {
    keychain,
    fetch,
    begin: async () => {
      const { accounts, currentId } = readAccountList(store);
      const account = accounts.find(({ id }) => id === currentId);
      if (account === undefined) return;
      const token = await keychain.readAhead(secretName(account));
      if (!token.ok || token.value === null) return;
      const request = firstRequest(account.apiUrl, token.value);
      if (request === null) return;
      // The accounts will hold it; until then nothing else masks it in the log.
      const forgetSecret = registerSecret(token.value);
      systemClock.setTimeout(forgetSecret, maskedForMs);
      sendAhead(request.url, request.init);
    },
  };
}
