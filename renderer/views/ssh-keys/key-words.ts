import type { LocalKey, SshKey } from '../../../preload/contract/keys.ts';
import type { Choice } from '../../components/form/choice.ts';

/** Where a key of this machine is, in words. */
export function placeWords({ path, hasPrivateFile, inAgent }: LocalKey): string {
  const agent = inAgent ? 'in the SSH agent' : '';
  const file = path === null ? '' : hasPrivateFile ? path : `${path}, without its private key`;
  return [file, agent].filter((part) => part !== '').join(' and ');
}

/** What to call a key by: its comment, or the name of its file. */
export function suggestedName({ facts, path }: LocalKey): string {
  const file = path?.split('/').at(-1) ?? '';
  return facts.comment || file.replace(/\.pub$/, '') || facts.type;
}

/** The account's key with this fingerprint. */
export function registeredAs(fingerprint: string, keys: readonly SshKey[]): SshKey | null {
  return keys.find(({ facts }) => facts?.fingerprint === fingerprint) ?? null;
}

/** Keys of this machine to choose from; what the account has cannot be added again. */
export function localChoices(
  local: readonly LocalKey[],
  registered: readonly SshKey[],
): readonly Choice<string>[] {
  return local.map((key) => {
    const known = registeredAs(key.facts.fingerprint, registered);
    return {
      value: key.facts.fingerprint,
      label: suggestedName(key),
      note: `${key.facts.type}, ${placeWords(key)}`,
      disabledReason: known === null ? null : `Registered already, as “${known.name}”`,
    };
  });
}
