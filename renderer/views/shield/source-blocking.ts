import { canonicalNetwork } from '../../../preload/contract/address.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import type { ShieldApplying } from '../../../preload/contract/firewall.ts';
import { formatDayTime } from '../../../preload/contract/format.ts';
import type { ShieldIpProfile } from '../../../preload/contract/shield.ts';
import type { MadeBlock } from '../../../preload/contract/source-block.ts';
import { client } from '../../client.ts';
import { toasts } from '../../components/feedback/toast-store.ts';
import { act } from '../../state/act.ts';
import type { RankingKind } from './rankings.ts';

/** Why an entry of a ranking cannot be blocked, for `disabledReason`; null where it can. Undefined where nobody would. */
export function whyNotBlock(kind: RankingKind, label: string): string | null | undefined {
  if (kind !== 'sources' && kind !== 'networks') return undefined;
  if (canonicalNetwork(label, 4) !== null) return null;
  return kind === 'networks'
    ? 'Shield matches addresses and CIDR networks, not AS numbers'
    : 'This is no address';
}

/** The end of an address's change, to be waited for from before it is begun; `leave` gives it up. */
export function whenApplied(ipId: ShieldIpId): {
  readonly ended: Promise<ShieldApplying>;
  readonly leave: () => void;
} {
  let leave = (): void => undefined;
  const ended = new Promise<ShieldApplying>((resolve) => {
    let hasBegun = false;
    leave = client.shield.applyChanged((all) => {
      const applying = all.find((each) => each.ipId === ipId);
      // An earlier change of this address is shown until another begins.
      if (applying?.isRunning === true) hasBegun = true;
      else if (hasBegun && applying !== undefined) {
        leave();
        resolve(applying);
      }
    });
  });
  return { ended, leave };
}

/** Says that a source is blocked, and until when. */
export function sayBlockedUntil({
  cidr,
  address,
  endsAtMs,
}: {
  readonly cidr: string;
  readonly address: string;
  readonly endsAtMs: number;
}): void {
  toasts.show({
    message: `${cidr} is blocked on ${address} until ${formatDayTime(endsAtMs, Date.now())}.`,
    next: 'It ends if Evorxa runs then, or at its next start.',
  });
}

/** Says how a block ended, with the way back where it took effect. What went wrong stands in the page's list of changes too. */
export async function sayWhenBlocked(
  ended: Promise<ShieldApplying>,
  { ipId, cidr, address }: { readonly ipId: ShieldIpId; readonly cidr: string; readonly address: string },
): Promise<void> {
  const { steps } = await ended;
  const left = steps.find(({ state }) => state !== 'verified');
  if (left !== undefined) {
    toasts.show({
      about: `Block ${cidr} on ${address}`,
      message: left.detail ?? 'The rule was not sent.',
      tone: 'bad',
    });
    return;
  }
  toasts.show({
    message: `${cidr} is blocked on ${address}.`,
    action: {
      label: 'Undo',
      onSelect: () =>
        void act(client.shield.undoBlock({ ipId, cidr }), null, { about: `Unblock ${cidr} on ${address}` }),
    },
  });
}

/** Those blocks whose rule is among the rules of their address, as they were read last. */
export function stillBlocked(
  blocks: readonly MadeBlock[],
  { rules }: Pick<ShieldIpProfile, 'rules'>,
): readonly MadeBlock[] {
  return blocks.filter(({ cidr }) =>
    rules?.some(
      ({ action, protocol, sourceCidr, destinationPort }) =>
        action === 'block' && protocol === 'any' && sourceCidr === cidr && destinationPort === 'any',
    ),
  );
}
