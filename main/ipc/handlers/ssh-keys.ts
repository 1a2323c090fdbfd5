import type { AccountId } from '../../../preload/contract/brands.ts';
import type { HandlersOf } from '../../../preload/contract/define.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { readPublicKey, type ApiClient } from '../../api/index.ts';
import type { AccountWatches } from '../../monitor/index.ts';
import type { Connections } from '../../terminal/index.ts';
import { addKey, notAPublicKey } from '../../keys/add-key.ts';
import { generateAndAddKey } from '../../keys/generate-key.ts';
import type { RunKeyJob } from '../../keys/process/jobs.ts';
import { removeKey } from '../../keys/remove-key.ts';

/** The account that is shown, as far as its keys are concerned. */
interface KeyAccount {
  readonly account: { readonly id: AccountId };
  readonly client: Pick<ApiClient, 'request'>;
  readonly watches: Pick<AccountWatches['watches'], 'refreshAnew'>;
}

/** What the calls about keys are answered by. */
export interface KeyHandlerParts {
  readonly current: () => KeyAccount | null;
  readonly connections: Connections;
  readonly run: RunKeyJob;
  /** Asks a person for a key's file; null: they changed their mind. */
  readonly pickFile: () => Promise<string | null>;
}

/** Answers the calls about SSH keys. */
export function createKeyHandlers({
  current,
  connections,
  run,
  pickFile,
}: KeyHandlerParts): Pick<HandlersOf<Contract>, 'sshKeys'> {
  /** Runs `act` on the account that is shown, and has its list of keys read again. */
  const changing = async <T>(act: (runtime: KeyAccount) => Promise<Result<T>>): Promise<Result<T>> => {
    const runtime = current();
    if (runtime === null) return fail({ kind: 'no-account' });
    const result = await act(runtime);
    await runtime.watches.refreshAnew({ kind: 'ssh-keys' });
    return result;
  };
  return {
    sshKeys: {
      describe: ({ publicKey }) => {
        const facts = readPublicKey(publicKey);
        return facts === null ? fail(notAPublicKey) : ok(facts);
      },
      add: (key) => changing(({ client }) => addKey({ client }, key)),
      generate: (wish) => changing(({ client }) => generateAndAddKey({ client, run }, wish)),
      remove: ({ keyId }) => changing(({ client }) => removeKey({ client }, keyId)),
      local: () => run({ kind: 'local' }),
      pick: async () => {
        const path = await pickFile();
        return path === null ? ok(null) : run({ kind: 'read', path });
      },
      openedWith: () => {
        const runtime = current();
        return ok(runtime === null ? {} : connections.keysOf(runtime.account.id));
      },
    },
  };
}
