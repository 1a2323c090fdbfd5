import {
  accessSteps,
  type AccessStep,
  type AccessStepName,
  type KeyAccess,
} from '../../preload/contract/key-access.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { errorText } from '../../preload/contract/errors-words.ts';
import type { GeneratedKey, SshKey } from '../../preload/contract/keys.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { readPublicKey } from '../api/index.ts';
import type { InstallUndo, KeyInstall, SignInCheck } from '../terminal/index.ts';
import { failureOf } from './words.ts';

/** What the set-up of one instance does its steps with. */
export interface SetUpParts {
  readonly instanceId: InstanceId;
  readonly passphrase: string | null;
  /** Makes a key here and registers it in the account, once. */
  readonly makeKey: () => Promise<Result<GeneratedKey>>;
  readonly change: (change: {
    readonly publicKey: string;
    readonly undo: InstallUndo | null;
    readonly trustedFingerprint: string | null;
    /** Typed for this; null: what the app holds. */
    readonly password: string | null;
  }) => Promise<Result<KeyInstall> | null>;
  /** Signs in over a connection of its own, by the key file alone. */
  readonly verify: (path: string, passphrase: string | null) => Promise<Result<SignInCheck> | null>;
  /** Saves that the instance is reached by the key file; false: the keychain did not take its passphrase. */
  readonly save: (path: string, passphrase: string | null) => Promise<boolean>;
  readonly removeRegistered: (key: SshKey) => Promise<Result<undefined>>;
  readonly onChange: (state: KeyAccess) => void;
}

interface Failure {
  readonly text: string;
  readonly next: string;
  readonly canRetry: boolean;
}

/** One-click access to one instance, step by step. What fails leaves the server as it was, and can be tried again. */
export class AccessSetUp {
  readonly #parts: SetUpParts;
  readonly #texts = new Map<
    AccessStepName,
    { readonly state: AccessStep['state']; readonly text: string | null }
  >();
  #phase: KeyAccess['phase'] = 'running';
  #hostKey: KeyAccess['hostKey'] = null;
  #failure: Failure | null = null;
  #key: GeneratedKey | null = null;
  #undo: InstallUndo | null = null;
  #trusted: string | null = null;
  #password: string | null = null;
  #asksPassword = false;

  constructor(parts: SetUpParts) {
    this.#parts = parts;
  }

  get phase(): KeyAccess['phase'] {
    return this.#phase;
  }

  /** Runs what is still to be done, to its end, a question or a failure. A password is held until then. */
  async run(password: string | null = this.#password): Promise<void> {
    this.#password = password;
    await this.#run();
    if (this.#phase !== 'asking') this.#password = null;
  }

  async #run(): Promise<void> {
    this.#phase = 'running';
    this.#failure = null;
    this.#asksPassword = false;
    const key = await this.#makeKey();
    if (key === null || !(await this.#install(key)) || !(await this.#verify(key))) return;
    this.#set('save', 'running');
    const isKept = await this.#parts.save(key.path, this.#parts.passphrase);
    this.#phase = 'done';
    this.#set(
      'save',
      'done',
      isKept
        ? `SSH signs in by ${key.path} from now on.`
        : `SSH signs in by ${key.path} from now on. The keychain did not take its passphrase: you are asked for it.`,
    );
  }

  /** The user has looked at the host key. */
  async answerHostKey(trust: boolean): Promise<void> {
    const shown = this.#hostKey;
    if (this.#phase !== 'asking' || shown === null) return;
    this.#hostKey = null;
    if (trust) {
      this.#trusted = shown.fingerprint;
      await this.run();
    } else
      this.#fail('install', {
        text: 'The host key was not accepted. Nothing was sent to the server.',
        next: 'Compare the key with the one on the instance’s screen, then try again.',
        canRetry: true,
      });
  }

  /** Deletes the key from the account, where it was registered. */
  async removeRegistered(): Promise<Result<undefined>> {
    const made = this.#key;
    if (made === null || made.key === null || this.#phase !== 'failed') return ok(undefined);
    const removed = await this.#parts.removeRegistered(made.key);
    if (!removed.ok) return removed;
    this.#key = { ...made, key: null };
    this.#set('register', 'done', 'The key was deleted from the account again.');
    return removed;
  }

  /** Our own code threw: nothing goes on, and what was done last is not known. */
  broke(): void {
    const step = accessSteps.find((name) => this.#texts.get(name)?.state === 'running') ?? 'key';
    this.#fail(step, {
      text: 'Something went wrong in the app.',
      next: 'Try again: nothing is done twice.',
      canRetry: true,
    });
  }

  async #makeKey(): Promise<GeneratedKey | null> {
    if (this.#key !== null) return this.#key;
    this.#set('key', 'running');
    const made = await this.#parts.makeKey();
    if (!made.ok) {
      this.#fail('key', { text: errorText(made.error), next: 'Choose another name.', canRetry: false });
      return null;
    }
    this.#key = made.value;
    const { path, key, problem } = made.value;
    this.#set('key', 'done', `${path} was made on this computer.`);
    // Access does not hang on it: new instances do.
    if (key !== null)
      this.#set('register', 'done', `It is in the account as “${key.name}”, for new instances too.`);
    else
      this.#set(
        'register',
        'failed',
        `It is not in the account${problem === null ? '.' : `: ${errorText(problem)}`} Add it under SSH keys later.`,
      );
    return made.value;
  }

  async #install({ publicKey }: GeneratedKey): Promise<boolean> {
    if (this.#texts.get('install')?.state === 'done') return true;
    this.#set('install', 'running');
    const answer = await this.#parts.change({
      publicKey,
      undo: null,
      trustedFingerprint: this.#trusted,
      password: this.#password,
    });
    if (answer === null)
      return this.#fail('install', {
        text: 'The instance has no address yet.',
        next: 'Wait until it is provisioned, then try again.',
        canRetry: true,
      });
    if (!answer.ok)
      return this.#fail('install', { text: errorText(answer.error), next: 'Try again.', canRetry: true });
    const install = answer.value;
    switch (install.kind) {
      case 'added':
        this.#undo = install.undo;
        this.#set('install', 'done', 'It was added to ~/.ssh/authorized_keys.');
        return true;
      case 'present':
      case 'removed':
        this.#set('install', 'done', 'It was in ~/.ssh/authorized_keys already.');
        return true;
      case 'host-key': {
        const { keyType, fingerprint, isReinstalled } = install;
        this.#phase = 'asking';
        this.#hostKey = { keyType, fingerprint, isReinstalled };
        this.#set('install', 'waiting', 'The server’s host key is not known yet.');
        return false;
      }
      default:
        this.#asksPassword = install.kind === 'asks' && install.what === 'password';
        return this.#fail('install', failureOf(install, this.#password !== null));
    }
  }

  async #verify({ path, publicKey }: GeneratedKey): Promise<boolean> {
    this.#set('verify', 'running');
    const check = await this.#parts.verify(path, this.#parts.passphrase);
    const expected = readPublicKey(publicKey)?.fingerprint;
    if (check?.ok === true && check.value.opened !== null && check.value.opened.keyFingerprint === expected) {
      this.#set('verify', 'done', 'A new connection was let in by this key alone.');
      return true;
    }
    const why =
      check?.ok === true
        ? (check.value.end?.sentence ?? 'The server did not accept the key.')
        : 'It could not be tried.';
    const isBack = await this.#takeBack(publicKey);
    return this.#fail('verify', {
      text: `${why} ${isBack}`,
      next: 'The server may read keys from elsewhere (AuthorizedKeysFile), or not allow them for this user (PubkeyAuthentication, PermitRootLogin) in its sshd_config.',
      canRetry: true,
    });
  }

  /** Takes the key out of authorized_keys where this set-up has added it. */
  async #takeBack(publicKey: string): Promise<string> {
    const undo = this.#undo;
    if (undo === null) return 'authorized_keys is as it was.';
    const answer = await this.#parts.change({
      publicKey,
      undo,
      trustedFingerprint: null,
      password: this.#password,
    });
    if (answer?.ok !== true || answer.value.kind !== 'removed')
      return 'The key could not be taken out of ~/.ssh/authorized_keys again: its line is still there.';
    this.#undo = null;
    this.#texts.delete('install');
    return 'The key was taken out of authorized_keys again.';
  }

  #fail(step: AccessStepName, failure: Failure): false {
    this.#phase = 'failed';
    this.#failure = failure;
    this.#set(step, 'failed', failure.text);
    return false;
  }

  #set(step: AccessStepName, state: AccessStep['state'], text: string | null = null): void {
    this.#texts.set(step, { state, text });
    const { instanceId, onChange } = this.#parts;
    onChange({
      instanceId,
      steps: accessSteps.map((name) => ({
        name,
        ...(this.#texts.get(name) ?? { state: 'waiting', text: null }),
      })),
      phase: this.#phase,
      hostKey: this.#hostKey,
      next: this.#failure?.next ?? null,
      canRetry: this.#failure?.canRetry ?? false,
      asksPassword: this.#asksPassword,
      key: this.#key && { path: this.#key.path, registeredAs: this.#key.key?.name ?? null },
    });
  }
}
