import { compareNames } from '../../../preload/contract/compare-names.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import { formatWhole } from '../../../preload/contract/format.ts';
import type { LocalKey, SshKey } from '../../../preload/contract/keys.ts';
import type { Choice } from '../../components/form/choice.ts';

/** Where a key of this machine is, in words. */
export function placeWords({ path, hasPrivateFile, inSshAgent }: LocalKey): string {
  const agent = inSshAgent ? 'in the SSH agent' : '';
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
      disabledReason: known === null ? null : `Already registered as “${displayText(known.name)}”`,
    };
  });
}

/** Whether the private half of a key is on this machine, by its fingerprint. Null: nothing here has it. */
export function privateHere(fingerprint: string, local: readonly LocalKey[]): string | null {
  const key = local.find(({ facts }) => facts.fingerprint === fingerprint);
  if (key === undefined || !(key.hasPrivateFile || key.inSshAgent)) return null;
  const path = key.hasPrivateFile ? key.path : null;
  return placeWords({ ...key, path });
}

/** The instances that a key opened the last time this app connected, in words; null where it opened none. */
export function openedWords(
  fingerprint: string,
  openedWith: Readonly<Record<string, string>>,
  nameOf: (instanceId: string) => string | null,
): string | null {
  const names = Object.entries(openedWith)
    .filter(([, opener]) => opener === fingerprint)
    .flatMap(([instanceId]) => nameOf(instanceId) ?? [])
    .toSorted(compareNames);
  const [first, ...others] = names;
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} and ${formatWhole(others.length)} more`;
}
