import type { ShieldChangesOptions } from '../../../main/shield/shield-changes.ts';
import { ShieldChanges } from '../../../main/shield/index.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import type { ShieldApplying, ShieldEdit } from '../../../preload/contract/firewall.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import { recording } from '../activity/recording.ts';
import { FakeClock } from '../api/support/fake-clock.ts';
import { rule } from '../domain/firewall/samples.ts';
import { FakeClient } from '../monitor/fake-client.ts';

export const ipId = '501' as ShieldIpId;
/** The address from which SSH comes. */
export const peerAddress = '198.51.100.7';

/** A firewall that a test changes by hand, and what changes it, on a clock that stands still. */
export function rig(onCall: (id: string) => void = () => undefined) {
  const client = new FakeClient();
  const clock = new FakeClock();
  const { entries, record } = recording();
  const pushed: (readonly ShieldApplying[])[] = [];
  const bugs: unknown[] = [];
  const applied: ShieldIpId[] = [];
  const firewall = {
    rules: [rule('1', `allow tcp ${peerAddress}/32 22`), rule('2', 'allow tcp 0.0.0.0/0 443')] as
      ShieldRule[] | null,
    defaultIn: 'block' as string | null,
    defaultOut: 'allow' as string | null,
  };
  client.answer('shield.ip', () => ({
    id: ipId,
    address: '203.0.113.42',
    instanceId: 'i-1',
    ruleCount: null,
    rdns: null,
    bandwidthCap: null,
    ...firewall,
    rules: firewall.rules === null ? null : [...firewall.rules],
  }));
  const writes = ['shield.createRule', 'shield.updateRule', 'shield.deleteRule', 'shield.setPolicy'] as const;
  for (const id of writes)
    client.answer(id, () => {
      onCall(id);
      return { rule: null };
    });
  const options: ShieldChangesOptions = {
    client,
    clock,
    record,
    sshPort: () => 22,
    onChange: (all) => pushed.push(all),
    onApplied: (id) => applied.push(id),
    onBug: (cause) => bugs.push(cause),
  };
  const changes = new ShieldChanges(options);
  /** Reviews and applies. */
  const apply = async (
    edits: readonly ShieldEdit[],
    acceptedRisk = false,
    peer: string | null = peerAddress,
  ) => {
    const review = await changes.review({ ipId, edits, peerAddress: peer, peerPort: null });
    if (!review.ok) return review;
    return changes.apply({
      ipId,
      edits,
      peerAddress: peer,
      peerPort: null,
      seen: review.value.seen,
      acceptedRisk,
    });
  };
  const states = () => changes.state()[0]?.steps.map(({ state }) => state);
  return { client, clock, entries, pushed, bugs, applied, firewall, changes, apply, states };
}

/** A staged new rule: "allow tcp 0.0.0.0/0 80". */
export function addition(words: string): ShieldEdit {
  const [action, protocol, source = '', port] = words.split(' ');
  return {
    kind: 'add',
    key: `new ${words}`,
    rule: {
      action: action as 'allow',
      protocol: protocol as 'tcp',
      source,
      port: port === 'any' ? null : Number(port),
    },
  };
}
