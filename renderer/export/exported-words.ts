import { displayName } from '../../preload/contract/display-text.ts';
import { formatCounted } from '../../preload/contract/format.ts';
import type { ExportedInstance } from './exported-instance.ts';

/** How an export ended, in words: how many instances are in the file, and which could not be, and why. */
export function exportedWords(
  instances: readonly ExportedInstance[],
  needsAddress: boolean,
  fileName: string,
): string {
  const left = needsAddress ? instances.filter(({ host }) => host === null) : [];
  const kept = instances.length - left.length;
  const written = `${formatCounted(kept, 'instance')} saved to ${fileName}.`;
  const none = left.filter(({ unreadableHost }) => unreadableHost === null);
  const unreadable = left.filter(({ unreadableHost }) => unreadableHost !== null);
  return [
    written,
    ...(none.length === 0 ? [] : [`Left out, no address yet: ${namesOf(none)}.`]),
    ...(unreadable.length === 0 ? [] : [`Left out, not a valid address: ${namesOf(unreadable)}.`]),
  ].join(' ');
}

const maxNames = 3;

function namesOf(instances: readonly ExportedInstance[]): string {
  const names = instances.slice(0, maxNames).map(({ instance }) => displayName(instance));
  const more = instances.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${more} more`;
}
