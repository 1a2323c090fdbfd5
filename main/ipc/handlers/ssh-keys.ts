import type { AccountId } from '../../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { readPublicKey } from '../../api/index.ts';
import {
  addKey,
  generateAndAddKey,
  notAPublicKey,
  removeKey,
  type KeysClient,
  type RunKeyJob,
} from '../../keys/index.ts';
import type { SshSettingsStore } from '../../terminal/index.ts';
import { onCurrent, readAgain, type Domain, type Watching } from './shared.ts';

/** The account that is shown, as far as its keys are concerned. */
type KeyAccount = KeysClient & Watching & { readonly account: { readonly id: AccountId } };

/** What the calls about keys are answered by. */
export interface KeyHandlerParts {
  readonly current: () => KeyAccount | null;
  readonly sshSettings: Pick<SshSettingsStore, 'keysOf'>;
  /** Does what is to be done with key files. */
  readonly run: RunKeyJob;
  /** Asks the user for a key's file; null: they changed their mind. */
  readonly pickFile: () => Promise<string | null>;
}

/** Answers the calls of the domain `sshKeys`. */
export function createKeyHandlers({
  current,
  sshSettings,
  run,
  pickFile,
}: KeyHandlerParts): Domain<'sshKeys'> {
  /** Runs `act` on the account that is shown, and has its list of keys read again. */
  const changing = <T>(act: (account: KeyAccount) => Promise<Result<T>>): Promise<Result<T>> | Result<T> =>
    onCurrent(current, async (account) => {
      const result = await act(account);
      await readAgain(account, [{ kind: 'ssh-keys' }]);
      return result;
    });
  return {
    describe: ({ publicKey }) => {
      const facts = readPublicKey(publicKey);
      return facts === null ? fail(notAPublicKey) : ok(facts);
    },
    add: (key) => changing((account) => addKey(account, key)),
    generate: (request) =>
      changing(({ client, record }) => generateAndAddKey({ client, record, run }, request)),
    remove: ({ keyId }) =>
      changing((account) => {
        const name =
          account.watches.known({ kind: 'ssh-keys' })?.find(({ id }) => id === keyId)?.name ?? null;
        return removeKey(account, { id: keyId, name });
      }),
    local: () => run({ kind: 'local' }),
    pick: async () => {
      const path = await pickFile();
      return path === null ? ok(null) : run({ kind: 'read', path });
    },
    openedWith: () => {
      const account = current();
      return ok(account === null ? {} : sshSettings.keysOf(account.account.id));
    },
  };
}
