import { openShieldRuns, ShieldChanges, type ShieldChangesOptions } from '../../../main/shield/index.ts';
import type { SshConnectionEnds } from '../../../main/ssh/index.ts';
import type { AccountId, InstanceId, ShieldIpId } from '../../../preload/contract/brands.ts';
import type { ShieldApplying, ShieldEdit } from '../../../preload/contract/firewall.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import type { SshProbe } from '../../../preload/contract/create.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import { recording } from '../activity/recording.ts';
import { FakeClock } from '../api/support/fake-clock.ts';
import { rule } from '../domain/firewall/samples.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { FakeJournal } from '../storage/fakes.ts';

export const ipId = '501' as ShieldIpId;
/** The address from which SSH comes. */
export const peerAddress = '198.51.100.7';

/** A firewall that a test changes by hand, and what changes it, on a clock that stands still. */
export function rig(
  onCall: (id: string) => void = () => undefined,
  { journal = new FakeJournal(), nowMs }: { readonly journal?: FakeJournal; readonly nowMs?: number } = {},
) {
  const client = new FakeClient();
  const clock = new FakeClock(nowMs);
  const { entries, record } = recording();
  const pushed: (readonly ShieldApplying[])[] = [];
  const bugs: unknown[] = [];
  const applied: ShieldIpId[] = [];
  const notices: Notice[] = [];
  /** What SSH says, and where it was asked. */
  const ssh = { says: 'answers' as SshProbe['kind'], asked: [] as string[] };
  /** What an open session says of its ends; null: nothing. Undefined: none is open. */
  const session: { ends: SshConnectionEnds | null | undefined } = { ends: undefined };
  const runs = openShieldRuns({ journal, isInMemory: () => false });
  const firewall = {
    rules: [rule('1', `allow tcp ${peerAddress}/32 22`), rule('2', 'allow tcp 0.0.0.0/0 443')] as
      ShieldRule[] | null,
    defaultIn: 'block' as string | null,
    defaultOut: 'allow' as string | null,
  };
  /** Lets the firewall be read, also after it could not be. */
  const makeReadable = (): void =>
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
  makeReadable();
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
    accountId: 'ada' as AccountId,
    ownerOf: () => ({ id: 'i-1' as InstanceId, name: 'web-1', host: null, port: 22 }),
    endsAt: () => (session.ends === undefined ? undefined : Promise.resolve(session.ends)),
    kept: runs.of('ada' as AccountId),
    probe: ({ host, port }) => {
      ssh.asked.push(`${host}:${port}`);
      return Promise.resolve(ssh.says === 'silent' ? { kind: ssh.says } : { kind: ssh.says, address: host });
    },
    onNotices: (all) => notices.push(...all),
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
    confirmMinutes: number | null = null,
  ) => {
    const review = await changes.review({ ipId, edits, peerAddress: peer });
    if (!review.ok) return review;
    return changes.apply({
      ipId,
      edits,
      peerAddress: peer,
      seen: review.value.seen,
      acceptedRisk,
      confirmMinutes,
    });
  };
  const states = () => changes.state()[0]?.steps.map(({ state }) => state);
  const confirm = () => changes.state()[0]?.confirm;
  return {
    makeReadable,
    client,
    clock,
    entries,
    pushed,
    bugs,
    applied,
    notices,
    ssh,
    session,
    journal,
    runs,
    firewall,
    options,
    changes,
    apply,
    states,
    confirm,
  };
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
