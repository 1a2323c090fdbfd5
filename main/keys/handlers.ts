import { ok, fail, type Result } from '../../preload/contract/result.ts';
import type { AccountRuntime } from '../accounts/account-runtime.ts';
import { readPublicKey } from '../api/index.ts';
import type { Handlers } from '../ipc/bind.ts';
import type { Connections } from '../terminal/index.ts';
import { addKey, notAPublicKey } from './add-key.ts';
import { generateAndAddKey } from './generate-key.ts';
import type { RunKeyJob } from './process/jobs.ts';
import { removeKey } from './remove-key.ts';

/** What the calls about keys are answered by. */
export interface KeyHandlerParts {
  readonly current: () => AccountRuntime | null;
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
}: KeyHandlerParts): Pick<Handlers, 'sshKeys'> {
  /** Runs `act` on the account that is shown, and has its list of keys read again. */
  const changing = async <T>(act: (runtime: AccountRuntime) => Promise<Result<T>>): Promise<Result<T>> => {
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
