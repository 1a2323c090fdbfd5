import { keyFileName } from '../../../preload/contract/key-file-name.ts';
import type {
  GeneratedKey,
  LocalKey,
  PickedKey,
  PublicKeyFacts,
  SshKey,
} from '../../../preload/contract/keys.ts';
import { errorText } from '../../../preload/contract/errors-words.ts';
import { looksPrivate, privateKeyRefusal } from '../../../preload/contract/private-key.ts';
import { client } from '../../client.ts';
import { suggestedName } from './key-words.ts';

/** How a key comes into the dialog. */
export type KeySource = 'paste' | 'local' | 'generate';

/** What the user has said so far in the dialog that adds a key, and what main said to it. */
export class KeyDraft {
  source = $state<KeySource>('paste');
  passphrase = $state('');
  chosen = $state('');
  busy = $state(false);
  error = $state<string | null>(null);
  /** What is wrong with the key itself. */
  keyError = $state<string | null>(null);
  #name = $state<string | null>(null);
  #pasted = $state('');
  #facts = $state.raw<PublicKeyFacts | null>(null);
  #local = $state.raw<readonly LocalKey[] | null>(null);
  #picked = $state.raw<PickedKey | null>(null);
  /** Written to this machine, but not registered. */
  #unregistered = $state.raw<GeneratedKey | null>(null);

  get name(): string {
    return this.#name ?? this.#suggestion();
  }

  set name(typed: string) {
    this.#name = typed;
  }

  get pasted(): string {
    return this.#pasted;
  }

  /** A private key is not kept for a moment: the field is empty again, and says what to take instead. */
  set pasted(text: string) {
    // The field says again what it was told: an emptied one must not wipe the reason away.
    if (text === this.#pasted) return;
    const isPrivate = looksPrivate(text);
    this.#pasted = isPrivate ? '' : text;
    this.#facts = null;
    this.keyError = isPrivate ? privateKeyRefusal(text) : null;
    if (this.#pasted.trim() !== '') void this.#describe(this.#pasted);
  }

  /** Of the key that was pasted. */
  get facts(): PublicKeyFacts | null {
    return this.#facts;
  }

  /** Null until they were looked for. A file that was chosen comes first. */
  get local(): readonly LocalKey[] | null {
    const found = this.#local;
    const picked = this.#picked?.key ?? null;
    if (found === null || picked === null) return found;
    return [picked, ...found.filter(({ facts }) => facts.fingerprint !== picked.facts.fingerprint)];
  }

  /** The private key's file that was chosen, whose public half is taken; null where it was none. */
  get privateFile(): string | null {
    const picked = this.#picked;
    if (picked === null || !picked.isFromPrivate) return null;
    return picked.key.facts.fingerprint === this.chosen ? picked.key.path : null;
  }

  get fileName(): string {
    return keyFileName(this.name);
  }

  get unregistered(): GeneratedKey | null {
    return this.#unregistered;
  }

  /** The key that would be sent; null where none is there yet, or it is yet to be made. */
  get publicKey(): string | null {
    if (this.#unregistered !== null) return this.#unregistered.publicKey;
    if (this.source === 'paste') return this.#facts === null ? null : this.#pasted;
    return this.#chosenKey()?.publicKey ?? null;
  }

  /** Looks for the keys of this machine. */
  async findLocal(): Promise<void> {
    const answer = await client.sshKeys.local(undefined);
    if (answer.ok) this.#local = answer.value;
    else this.keyError = errorText(answer.error);
  }

  /** Asks for a file; one that holds a private key is taken by its public half. */
  async pick(): Promise<void> {
    this.keyError = null;
    const answer = await client.sshKeys.pick(undefined);
    if (!answer.ok) this.keyError = errorText(answer.error);
    else if (answer.value !== null) {
      this.#picked = answer.value;
      this.#local ??= [];
      this.chosen = answer.value.key.facts.fingerprint;
    }
  }

  /** Registers the key, made first where that is asked for. Gives it, or null where `error` says why not. */
  async submit(): Promise<SshKey | null> {
    this.busy = true;
    this.error = null;
    const key = await (this.source === 'generate' && this.#unregistered === null
      ? this.#generate()
      : this.#add());
    this.busy = false;
    return key;
  }

  async #add(): Promise<SshKey | null> {
    const { publicKey } = this;
    if (publicKey === null) return null;
    const answer = await client.sshKeys.add({ name: this.name, publicKey });
    if (answer.ok) return answer.value;
    this.error = errorText(answer.error);
    return null;
  }

  async #generate(): Promise<SshKey | null> {
    const passphrase = this.passphrase === '' ? null : this.passphrase;
    const answer = await client.sshKeys.generate({ name: this.name, passphrase });
    if (!answer.ok) {
      this.error = errorText(answer.error);
      return null;
    }
    this.passphrase = '';
    const { key, problem } = answer.value;
    if (key === null) this.#unregistered = answer.value;
    if (problem !== null) this.error = errorText(problem);
    return key;
  }

  async #describe(publicKey: string): Promise<void> {
    const answer = await client.sshKeys.describe({ publicKey });
    // Something else was pasted meanwhile.
    if (publicKey !== this.#pasted) return;
    if (answer.ok) this.#facts = answer.value;
    else this.keyError = errorText(answer.error);
  }

  #chosenKey(): LocalKey | null {
    return this.local?.find(({ facts }) => facts.fingerprint === this.chosen) ?? null;
  }

  #suggestion(): string {
    if (this.source === 'paste') return this.#facts?.comment ?? '';
    const chosen = this.source === 'local' ? this.#chosenKey() : null;
    return chosen === null ? '' : suggestedName(chosen);
  }
}
