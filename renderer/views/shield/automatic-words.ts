import type { AddressRule } from '../../../preload/contract/automatic-rules.ts';
import { formatRelative } from '../../../preload/contract/format.ts';

/** How much the app knows of where this computer is, for an address rule, as a sentence. */
export function knownInWords(
  { seenAtMs }: Pick<AddressRule, 'seenAtMs'>,
  instanceName: string | null,
  isSessionOpen: boolean,
  nowMs: number,
): string {
  const name = instanceName ?? 'its instance';
  if (!isSessionOpen)
    return `No SSH session to ${name} is open, so the app cannot tell whether your address changes.`;
  return seenAtMs === null
    ? `The SSH session to ${name} does not tell your public address.`
    : `${name} saw this address ${formatRelative(Math.min(seenAtMs, nowMs), nowMs)}.`;
}
