import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { KeyAccess } from '../../preload/contract/key-access.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { generateAndAddKey, removeKey, type KeysClient, type RunKeyJob } from '../keys/index.ts';
import { inBackground } from '../tasks/index.ts';
import type { AppTerminals, SshSettingsStore } from '../terminal/index.ts';
import type { Account } from '../../preload/contract/account.ts';
import { AccessSetUp } from './set-up.ts';

/** What one-click access takes. */
export interface KeyAccessParts {
  /** An instance of an account, with what its keys are changed with; null where none has it. */
  readonly find: (instanceId: InstanceId) =>
    | (KeysClient & {
        readonly account: Pick<Account, 'id'>;
        readonly instance: Instance;
        /** The account's keys were changed. */
        readonly keysChanged: () => Promise<void>;
      })
    | null;
  readonly run: RunKeyJob;
  readonly terminals: Pick<AppTerminals, 'changeKey' | 'checkSignIn' | 'keepPassphrase'>;
  readonly sshSettings: Pick<SshSettingsStore, 'get' | 'save'>;
  readonly onChange: (state: KeyAccess | null) => void;
  /** Keeps a secret out of the log. */
  readonly mask: (secret: string) => void;
  readonly report: (cause: unknown) => void;
}

/** A key that is to be made. */
export interface AccessRequest {
  readonly instanceId: InstanceId;
  readonly name: string;
  readonly passphrase: string | null;
}

/** Sets up one-click access; one at a time. */
export interface OneClickAccess {
  start(request: AccessRequest): Result<undefined>;
  answerHostKey(trust: boolean): void;
  /** Goes on with the step that failed; `password`: what the server asks for. */
  retry(password: string | null): void;
  removeKey(): Promise<Result<undefined>>;
  close(): void;
}

/** Makes what sets up one-click access. */
export function createKeyAccess(parts: KeyAccessParts): OneClickAccess {
  const { find, run, terminals, sshSettings, onChange, report } = parts;
  let current: AccessSetUp | null = null;
  const inOrder = (setUp: AccessSetUp, act: () => Promise<void>): void =>
    inBackground(act, (cause) => {
      report(cause);
      setUp.broke();
    });

  return {
    start: ({ instanceId, name, passphrase }) => {
      if (current?.phase === 'running')
        return fail({ kind: 'busy', message: 'One-click access is being set up.' });
      const found = find(instanceId);
      if (found === null) return fail({ kind: 'not-found', message: 'The instance is not in this account.' });
      const { account, instance, client, record, keysChanged } = found;
      if (/windows/i.test(instance.osName ?? ''))
        return fail({
          kind: 'refused',
          message: 'One-click access cannot be set up on Windows servers. Add the key there by hand.',
        });
      const setUp = new AccessSetUp({
        instanceId,
        passphrase,
        makeKey: async () => {
          const made = await generateAndAddKey({ client, record, run }, { name: lineSafe(name), passphrase });
          await keysChanged();
          return made;
        },
        change: (change) => terminals.changeKey(instanceId, change),
        verify: async (path, by) =>
          terminals.checkSignIn(instanceId, { auth: { method: 'key-file', path }, passphrase: by }),
        save: async (path, by) => {
          const settings = sshSettings.get(account.id, instanceId);
          sshSettings.save(account.id, instanceId, { ...settings, auth: { method: 'key-file', path } });
          return by === null || (await terminals.keepPassphrase(instanceId, by));
        },
        removeRegistered: async ({ id, name: registered }) => {
          const removed = await removeKey({ client, record }, { id, name: registered });
          await keysChanged();
          return removed;
        },
        onChange: (state) => {
          if (current === setUp) onChange(state);
        },
      });
      current = setUp;
      inOrder(setUp, () => setUp.run());
      return ok(undefined);
    },
    answerHostKey: (trust) => {
      const setUp = current;
      if (setUp !== null) inOrder(setUp, () => setUp.answerHostKey(trust));
    },
    retry: (password) => {
      const setUp = current;
      if (setUp?.phase !== 'failed') return;
      if (password !== null) parts.mask(password);
      inOrder(setUp, () => setUp.run(password));
    },
    removeKey: () => current?.removeRegistered() ?? Promise.resolve(ok(undefined)),
    close: () => {
      // What runs goes to its end, and is not told any more.
      if (current?.phase !== 'running') current = null;
      onChange(null);
    },
  };
}

/** A name as it may stand in a line of authorized_keys, and in the script that writes it. */
function lineSafe(name: string): string {
  const safe = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w@.+ -]/g, '-')
    .slice(0, 100)
    .trim();
  return /\w/.test(safe) ? safe : 'evorxa';
}
