import { describe, expect, it } from 'vitest';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import { settle } from '../api/support/fake-clock.ts';
import { rule } from '../domain/firewall/samples.ts';
import { addition, ipId, peerAddress, rig } from './shield-rig.ts';

const minute = 60_000;
/** Deletes the rule by which SSH comes in. */
const cut = { kind: 'delete', ruleId: '1' } as const;
const sshRule = rule('9', `allow tcp ${peerAddress}/32 22`);

type Rig = ReturnType<typeof rig>;

/** A firewall that does what it is asked: a deletion deletes, an addition adds. */
function working(options: Parameters<typeof rig>[1] = {}, rules?: readonly ShieldRule[]): Rig {
  const made: Rig = rig((id) => {
    const { firewall } = made;
    const rulesNow = firewall.rules ?? [];
    if (id === 'shield.deleteRule') firewall.rules = rulesNow.filter((each) => each.id !== '1');
    if (id === 'shield.createRule') firewall.rules = [...rulesNow, sshRule];
  }, options);
  if (rules !== undefined) made.firewall.rules = [...rules];
  return made;
}

/** Applies what cuts SSH, to be confirmed within two minutes, and has it in effect. */
async function waiting(made: Rig): Promise<Rig> {
  expect(await made.apply([cut], true, peerAddress, 2)).toMatchObject({ ok: true });
  await settle();
  expect(made.states()).toEqual(['verified']);
  expect(made.confirm()).toMatchObject({ phase: 'waiting' });
  return made;
}

const sources = ({ firewall }: Rig) => firewall.rules?.map(({ sourceCidr }) => sourceCidr);
const writes = ({ client }: Rig) =>
  client.calls.flatMap(({ id }) => (id === 'shield.ip' ? [] : [id.replace('shield.', '')]));

describe('a change that has to be confirmed', () => {
  it('is on the disk, with its deadline, before the first request is sent', async () => {
    const made = working();
    const onDisk: unknown[] = [];
    made.client.answer('shield.deleteRule', () => {
      onDisk.push(structuredClone(made.journal.get('shield-runs')));
      made.firewall.rules = [];
      return { done: true };
    });
    await waiting(made);
    expect(onDisk).toMatchObject([
      {
        ada: {
          501: {
            lines: [{ state: 'sent', step: { kind: 'delete', before: { id: '1' } } }],
            confirm: { untilMs: made.clock.now() + 2 * minute, answeredBefore: true },
          },
        },
      },
    ]);
  });

  it('sends nothing where the disk is full', async () => {
    const made = working();
    made.journal.fault = { kind: 'refused', message: 'Nothing was sent: the disk is full.' };
    await made.apply([cut], true, peerAddress, 2);
    await settle();
    expect(made.states()).toEqual(['failed']);
    expect(made.confirm()).toBeNull();
    expect(writes(made)).toEqual([]);
  });

  it('stays once it is confirmed, and SSH is asked no more', async () => {
    const made = await waiting(working());
    await made.clock.advance(10_000);
    expect(made.confirm()).toMatchObject({
      ssh: { target: '203.0.113.42', checks: 3, answered: 3, silent: 0, wasSilent: false },
    });
    expect(await made.changes.confirm(ipId)).toMatchObject({ ok: true });
    const asked = made.ssh.asked.length;
    await made.clock.advance(10 * minute);
    expect(made.ssh.asked).toHaveLength(asked);
    expect(writes(made)).toEqual(['deleteRule']);
    expect(made.confirm()).toMatchObject({ phase: 'confirmed' });
    expect(made.journal.get('shield-runs')).toEqual({});
    expect(await made.changes.confirm(ipId)).toMatchObject({ error: { kind: 'refused' } });
  });

  it('is taken back at the deadline where nobody confirms, once, and that is told', async () => {
    const made = await waiting(working());
    await made.clock.advance(2 * minute - 1);
    expect(writes(made)).toEqual(['deleteRule']);
    await made.clock.advance(1);
    expect(writes(made)).toEqual(['deleteRule', 'createRule']);
    expect(sources(made)).toEqual(['0.0.0.0/0', '198.51.100.7/32']);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: 'not-confirmed' });
    expect(made.entries.map(({ kind, actor, outcome }) => [kind, actor, outcome])).toEqual([
      ['firewall-rule-deleted', 'person', 'done'],
      ['firewall-rule-added', 'app', 'done'],
      ['firewall-change-reverted', 'app', 'done'],
    ]);
    expect(made.notices).toMatchObject([
      {
        kind: 'firewall-reverted',
        title: 'The firewall change of 203.0.113.42 was taken back',
        body: 'Nobody confirmed it in time.',
      },
    ]);
    expect(made.journal.get('shield-runs')).toEqual({});
    await made.clock.advance(10 * minute);
    expect(writes(made)).toHaveLength(2);
  });

  it('is taken back after three checks without an answer in a row, not after two', async () => {
    const made = await waiting(working());
    made.ssh.says = 'silent';
    await made.clock.advance(10_000);
    expect(made.confirm()).toMatchObject({ phase: 'waiting', ssh: { silent: 2, checks: 3 } });
    made.ssh.says = 'refuses';
    await made.clock.advance(5_000);
    expect(made.confirm()).toMatchObject({ phase: 'waiting', ssh: { silent: 0 } });
    made.ssh.says = 'not-ssh';
    await made.clock.advance(15_000);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: 'no-answer' });
    expect(made.notices).toMatchObject([{ body: 'SSH at 203.0.113.42 no longer answered after it.' }]);
    expect(writes(made)).toEqual(['deleteRule', 'createRule']);
  });

  it('takes nothing back by a silence from before, nor without a network', async () => {
    const before = working();
    before.ssh.says = 'silent';
    await waiting(before);
    await before.clock.advance(minute);
    expect(before.confirm()).toMatchObject({ phase: 'waiting', ssh: { wasSilent: true } });

    const offline = await waiting(working());
    offline.ssh.says = 'silent';
    offline.client.fail('shield.ip', { kind: 'offline', message: 'No network.' });
    await offline.clock.advance(minute);
    expect(offline.confirm()).toMatchObject({ phase: 'waiting', ssh: { silent: 0 } });
  });

  it('waits for the network at the deadline, and is taken back then', async () => {
    const made = await waiting(working());
    made.client.fail('shield.ip', { kind: 'offline', message: 'No network.' });
    await made.clock.advance(5 * minute);
    expect(made.confirm()).toMatchObject({ phase: 'taking-back' });
    expect(writes(made)).toEqual(['deleteRule']);
    made.makeReadable();
    await made.clock.advance(5_000);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back' });
    expect(writes(made)).toEqual(['deleteRule', 'createRule']);
  });

  it('is taken back by hand at once, also where that cuts another order', async () => {
    const made = await waiting(working());
    expect(await made.changes.revert(ipId)).toMatchObject({ ok: true });
    await settle();
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: null });
    expect(made.notices).toEqual([]);
    expect(made.entries.at(-1)).toMatchObject({ kind: 'firewall-change-reverted', actor: 'person' });
    await made.clock.advance(10 * minute);
    expect(writes(made)).toEqual(['deleteRule', 'createRule']);
  });

  it('holds its address: no other change, and it is not dismissed', async () => {
    const made = await waiting(working());
    expect(await made.apply([addition('allow tcp 0.0.0.0/0 80')])).toMatchObject({
      error: { message: 'The last change of this address waits to be confirmed.' },
    });
    made.changes.dismiss(ipId);
    expect(made.changes.state()).toHaveLength(1);
    await made.clock.advance(2 * minute);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back' });
    made.changes.dismiss(ipId);
    expect(made.changes.state()).toEqual([]);
  });

  it('that failed midway has its first steps taken back', async () => {
    const made = working();
    made.client.fail('shield.setPolicy', { kind: 'forbidden', ability: null, message: 'No.' });
    await made.apply([cut, { kind: 'policy', direction: 'out', action: 'block' }], true, peerAddress, 2);
    await settle();
    expect(made.states()).toEqual(['verified', 'failed']);
    expect(made.confirm()).toMatchObject({ phase: 'waiting' });
    await made.clock.advance(2 * minute);
    expect(writes(made)).toEqual(['deleteRule', 'setPolicy', 'createRule']);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back' });
  });

  it('is refused where a step could not be taken back', async () => {
    const made = working();
    made.firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 25', { hasUnreadFields: true }));
    expect(await made.apply([{ kind: 'delete', ruleId: '3' }], true, peerAddress, 2)).toMatchObject({
      error: { message: 'Not all of this could be taken back: apply it without asking to confirm it.' },
    });
  });
});

describe('taking back', () => {
  it('finds what somebody else has put back, and sends nothing', async () => {
    const made = await waiting(working());
    made.firewall.rules?.push(rule('77', `allow tcp ${peerAddress}/32 22`));
    await made.clock.advance(2 * minute);
    expect(writes(made)).toEqual(['deleteRule']);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back' });
  });

  it('leaves what somebody else has changed meanwhile, and goes on with the rest', async () => {
    const made = working();
    made.client.answer('shield.updateRule', () => {
      made.firewall.rules = (made.firewall.rules ?? []).map((each) =>
        each.id === '2' ? rule('2', 'allow tcp 0.0.0.0/0 8443') : each,
      );
      return { rule: null };
    });
    const changed = { action: 'allow', protocol: 'tcp', source: '0.0.0.0/0', port: 8443 } as const;
    await made.apply([{ kind: 'change', ruleId: '2', rule: changed }, cut], true, peerAddress, 2);
    await settle();
    expect(made.states()).toEqual(['verified', 'verified']);
    made.firewall.rules = [rule('2', 'block udp 0.0.0.0/0 53')];
    await made.clock.advance(2 * minute);
    expect(writes(made)).toEqual(['updateRule', 'deleteRule', 'createRule']);
    expect(made.states()?.toSorted()).toEqual(['failed', 'verified']);
    expect(made.confirm()).toMatchObject({ phase: 'not-taken-back' });
    expect(made.notices).toMatchObject([{ kind: 'firewall-not-reverted' }]);
  });

  it('that fails midway is not sent again by itself, and goes on by hand', async () => {
    const made = await waiting(working());
    made.client.fail('shield.createRule', { kind: 'unknown-outcome', message: 'lost' });
    await made.clock.advance(2 * minute + 30_000);
    expect(made.states()).toEqual(['not-known']);
    expect(made.confirm()).toMatchObject({ phase: 'not-taken-back', reason: 'not-confirmed' });
    await made.clock.advance(10 * minute);
    expect(writes(made)).toEqual(['deleteRule', 'createRule']);
    expect(made.notices).toMatchObject([{ kind: 'firewall-not-reverted' }]);
    // It took effect late: going on finds it.
    made.firewall.rules?.push(sshRule);
    expect(await made.changes.resume(ipId)).toMatchObject({ ok: true });
    await settle();
    expect(writes(made)).toHaveLength(2);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back' });
  });
});

describe('before its account is signed out', () => {
  /** Takes back all that waits, with the clock put forward until that has ended. */
  const takeBackAll = async (made: Rig): Promise<readonly string[]> => {
    const ends: (readonly string[])[] = [];
    void made.changes.takeBackOpen().then((left) => ends.push(left));
    for (let passed = 0; ends.length === 0 && passed <= 90_000; passed += 500) await made.clock.advance(500);
    return ends[0] ?? ['it never ended'];
  };

  it('what waits is taken back, once', async () => {
    const made = await waiting(working());
    expect(made.changes.open()).toEqual(['203.0.113.42']);
    expect(await takeBackAll(made)).toEqual([]);
    expect(writes(made)).toEqual(['deleteRule', 'createRule']);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: null });
    expect(made.changes.open()).toEqual([]);
    expect(made.journal.get('shield-runs')).toEqual({});
  });

  it('what was confirmed, or asks for no confirmation, stays', async () => {
    const made = await waiting(working());
    await made.changes.confirm(ipId);
    expect(made.changes.open()).toEqual([]);
    expect(await takeBackAll(made)).toEqual([]);
    expect(writes(made)).toEqual(['deleteRule']);
  });

  it('what cannot be taken back is named, and goes on to wait', async () => {
    const made = await waiting(working());
    made.client.fail('shield.ip', { kind: 'offline', message: 'No network.' });
    expect(await takeBackAll(made)).toEqual(['203.0.113.42']);
    expect(writes(made)).toEqual(['deleteRule']);
    made.makeReadable();
    await made.clock.advance(3 * minute);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: 'not-confirmed' });
  });

  it('what is taken back in part is named', async () => {
    const made = await waiting(working());
    made.client.fail('shield.createRule', { kind: 'forbidden', ability: null, message: 'No.' });
    expect(await takeBackAll(made)).toEqual(['203.0.113.42']);
    expect(made.confirm()).toMatchObject({ phase: 'not-taken-back' });
  });

  it('what is being taken back without a network is waited for, for a minute', async () => {
    const made = await waiting(working());
    made.client.fail('shield.ip', { kind: 'offline', message: 'No network.' });
    await made.clock.advance(2 * minute);
    expect(made.confirm()).toMatchObject({ phase: 'taking-back' });
    expect(await takeBackAll(made)).toEqual(['203.0.113.42']);
  });

  it('a change on its way ends with the step that was sent, and that is taken back', async () => {
    const made = working();
    const release = made.client.hold('shield.deleteRule');
    await made.apply([cut, { kind: 'policy', direction: 'out', action: 'block' }], true, peerAddress, 2);
    await settle();
    const left = takeBackAll(made);
    made.firewall.rules = (made.firewall.rules ?? []).filter(({ id }) => id !== '1');
    release();
    expect(await left).toEqual([]);
    expect(writes(made)).toEqual(['deleteRule', 'createRule']);
  });
});

describe('after a restart of the app', () => {
  /** A new app over the same disk and the same firewall, `laterMs` after the former one ended. */
  const restarted = async (former: Rig, laterMs: number): Promise<Rig> => {
    former.changes.stop();
    const { journal, firewall } = former;
    const made = working({ journal, nowMs: former.clock.now() + laterMs }, firewall.rules ?? []);
    made.firewall.defaultOut = firewall.defaultOut;
    made.changes.takeUp();
    await settle();
    return made;
  };

  it('before the deadline: SSH is checked on, and it can be confirmed', async () => {
    const made = await restarted(await waiting(working()), minute);
    expect(made.states()).toEqual(['verified']);
    expect(made.confirm()).toMatchObject({ phase: 'waiting', untilMs: made.clock.now() + minute });
    expect(made.ssh.asked).toEqual(['203.0.113.42:22']);
    expect(await made.changes.confirm(ipId)).toMatchObject({ ok: true });
    await made.clock.advance(10 * minute);
    expect(writes(made)).toEqual([]);
  });

  it('before the deadline, and nobody confirms: it is taken back then', async () => {
    const made = await restarted(await waiting(working()), minute);
    await made.clock.advance(minute - 1);
    expect(writes(made)).toEqual([]);
    await made.clock.advance(1);
    expect(writes(made)).toEqual(['createRule']);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: 'not-confirmed' });
  });

  it('after the deadline: it is taken back at once', async () => {
    const former = await waiting(working());
    const made = await restarted(former, 3 * minute);
    expect(writes(made)).toEqual(['createRule']);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: 'not-confirmed' });
    // The former app, whose clock goes on, does nothing more.
    await former.clock.advance(10 * minute);
    expect(writes(former)).toEqual(['deleteRule']);
  });

  it('with a step on its way: it is read again and compared, never sent again', async () => {
    const former = working();
    const release = former.client.hold('shield.deleteRule');
    await former.apply([cut], true, peerAddress, 2);
    await settle();
    expect(former.states()).toEqual(['sent']);
    former.changes.stop();
    former.firewall.rules = [];
    const made = await restarted(former, 1_000);
    release();
    expect(made.states()).toEqual(['verified']);
    expect(writes(made)).toEqual([]);
    await made.clock.advance(2 * minute);
    expect(writes(made)).toEqual(['createRule']);
  });

  it('with a step on its way that the rules do not show: not known, and nothing to take back', async () => {
    const former = working();
    former.client.hold('shield.deleteRule');
    await former.apply([cut], true, peerAddress, 2);
    await settle();
    const made = await restarted(former, 1_000);
    expect(made.states()).toEqual(['not-known']);
    await made.clock.advance(3 * minute);
    expect(writes(made)).toEqual([]);
  });

  it('while it was being taken back: what was sent is not sent again', async () => {
    const former = await waiting(working());
    former.client.hold('shield.createRule');
    await former.clock.advance(2 * minute);
    expect(former.states()).toEqual(['sent']);
    former.firewall.rules?.push(sshRule);
    const made = await restarted(former, 1_000);
    expect(writes(made)).toEqual([]);
    expect(made.confirm()).toMatchObject({ phase: 'taken-back', reason: 'not-confirmed' });
  });

  it('without a confirmation: it is shown as stopped, with the ways on and back', async () => {
    const former = working();
    former.client.hold('shield.deleteRule');
    await former.apply([cut, { kind: 'policy', direction: 'out', action: 'block' }], true);
    await settle();
    former.firewall.rules = (former.firewall.rules ?? []).filter(({ id }) => id !== '1');
    const made = await restarted(former, 1_000);
    expect(made.states()).toEqual(['verified', 'waiting']);
    expect(made.changes.state()).toMatchObject([{ isRunning: false, confirm: null }]);
    expect(writes(made)).toEqual([]);
    expect(await made.changes.revert(ipId)).toMatchObject({ ok: true });
    await settle();
    expect(writes(made)).toEqual(['createRule']);
  });

  it('signed out meanwhile: nothing is left, and nothing more is sent', async () => {
    const former = await waiting(working());
    former.changes.stop();
    former.runs.forgetAccount('ada' as never);
    await settle();
    await former.clock.advance(10 * minute);
    expect(writes(former)).toEqual(['deleteRule']);
    const made = await restarted(former, 10 * minute);
    expect(made.changes.state()).toEqual([]);
    expect(writes(made)).toEqual([]);
  });
});
