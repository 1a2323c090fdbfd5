import { join } from 'node:path';
import { readAccountList, secretName } from '../accounts/index.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import { createAheadFetch, firstRequest, type AheadFetch, type FetchAnswer } from '../api/index.ts';
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
import type { FirstList } from '../monitor/index.ts';
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
  readonly begin: () => Begun;
  /** The list that is shown before the backend is there; null: none. */
  readonly firstList: () => FirstList | null;
  /** The same for the backend, which goes on from it: nothing is shown from here any more. */
  readonly takeFirstList: () => FirstList | null;
}

/** How far it has come. Neither rejects. */
export interface Begun {
  /** The first request has left, or there is none. */
  readonly isSent: Promise<void>;
  /** Whether the window is shown its answer; the backend does that else. */
  readonly isShown: Promise<boolean>;
}

/** What it takes. */
export interface HeadStartOptions {
  /** The folder of the built main process. */
  readonly out: string;
  readonly storage: Pick<Storage, 'accounts' | 'accountFiles' | 'cache'>;
  /** Shows the window what the first answer brought; null: nothing is to be shown yet. */
  readonly show: ((update: SnapshotUpdate) => void) | null;
}

/** Opens the keychain and the network; nobody is asked until it begins. */
export function createHeadStart({ out, storage, show }: HeadStartOptions): HeadStart {
  const open = openWhereSafe({
    isAnswering: isSecretServiceAnswering,
    here: openEntry,
    apart: openInThread(join(out, 'keychain.js')),
  });
  const ahead = createAheadFetch(createApiFetch(), systemClock);
  return headStartOf(withReadAhead(createKeychain(open)), ahead, storage, show);
}

/** The same with the parts that reach out of the app. */
export function headStartOf(
  keychain: ReadAheadKeychain,
  { fetch, sendAhead }: AheadFetch,
  storage: HeadStartOptions['storage'],
  show: HeadStartOptions['show'],
): HeadStart {
  let firstList: FirstList | null = null;
  let isTaken = false;

  const send = async (): Promise<Sent | null> => {
    const { accounts, currentId } = readAccountList(storage.accounts);
    const account = accounts.find(({ id }) => id === currentId);
    if (account === undefined) return null;
    const token = await keychain.readAhead(secretName(account));
    if (!token.ok || token.value === null) return null;
    const request = firstRequest(account.apiUrl, token.value);
    if (request === null) return null;
    // The accounts will hold it; until then nothing else masks it in the log.
    const forgetSecret = registerSecret(token.value);
    systemClock.setTimeout(forgetSecret, maskedForMs);
    return { accountId: account.id, answer: sendAhead(request.url, request.init) };
  };
  const showAnswer = async ({ accountId, answer }: Sent): Promise<boolean> => {
    if (show === null) return false;
    const { makeFirstList } = await import('./first-list.ts');
    const made = await makeFirstList(accountId, answer, storage);
    if (made === null || isTaken) return false;
    firstList = made;
    show(made.update);
    return true;
  };

  return {
    keychain,
    fetch,
    begin: () => {
      const sending = send();
      return {
        isSent: sending.then(
          () => undefined,
          () => undefined,
        ),
        // What fails here fails the backend's accounts or its monitor too, which say so.
        isShown: sending.then((sent) => sent !== null && showAnswer(sent)).catch(() => false),
      };
    },
    firstList: () => firstList,
    takeFirstList: () => {
      isTaken = true;
      return firstList;
    },
  };
}

/** A request that is under way, and whose it is. */
interface Sent {
  readonly accountId: AccountId;
  readonly answer: Promise<FetchAnswer>;
}
