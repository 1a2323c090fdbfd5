import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Transaction } from '../../preload/contract/wallet.ts';

/** What stands between the words of a description; a name can hold dots, dashes and underscores. */
const gap = /[^\p{L}\p{N}._-]+/u;

/**
 * Gives lines of the ledger that name no instance the one whose name stands in their description, where exactly one
 * instance fits. A line with an id keeps it, also where that instance is gone.
 */
export function linkTransactions(
  transactions: readonly Transaction[],
  instances: readonly Instance[],
): readonly Transaction[] {
  if (transactions.every(({ instanceId }) => instanceId !== null)) return transactions;
  const owners = ownersByName(instances);
  const spaced = [...owners.keys()].filter((name) => gap.test(name));
  return transactions.map((transaction) => {
    if (transaction.instanceId !== null) return transaction;
    const found = namedIn(transaction.description, owners, spaced);
    return found === null ? transaction : { ...transaction, instanceId: found, isLinkedByName: true };
  });
}

/** Null for a name that several instances have. */
function ownersByName(instances: readonly Instance[]): ReadonlyMap<string, InstanceId | null> {
  const owners = new Map<string, InstanceId | null>();
  for (const { id, name } of instances) {
    if (name !== '') owners.set(name, owners.has(name) ? null : id);
  }
  return owners;
}

function namedIn(
  description: string,
  owners: ReadonlyMap<string, InstanceId | null>,
  spaced: readonly string[],
): InstanceId | null {
  const words = description.split(gap).flatMap((word) => [word, word.replace(/[._-]+$/, '')]);
  const names = [
    ...words.filter((word) => owners.has(word)),
    ...spaced.filter((name) => holds(description, name)),
  ];
  const [first, ...others] = new Set(names);
  return first === undefined || others.length > 0 ? null : (owners.get(first) ?? null);
}

/** Whether a name of several words stands in a text by itself, not as a part of a longer one. */
function holds(text: string, name: string): boolean {
  const at = text.indexOf(name);
  if (at < 0) return false;
  const around = text.slice(0, at).slice(-1) + text.slice(at + name.length, at + name.length + 1);
  return !/[\p{L}\p{N}_-]/u.test(around);
}
