import { describe, expect, it, vi } from 'vitest';
import { openMadeBlocks, ownAddresses, SourceBlocks } from '../../../main/shield/index.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import { settle } from '../api/support/fake-clock.ts';
import { rule } from '../domain/firewall/samples.ts';
import { accountId } from '../monitor/builders.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { ipId, rig } from './shield-rig.ts';

const instances = [{ mainIp: '203.0.113.54', addresses: ['203.0.113.55', '2001:db8::5'] }];
const interfaces = {
  eth0: [
    { address: '198.51.100.201', internal: false },
    { address: '127.0.0.1', internal: true },
  ],
} as unknown as Parameters<typeof ownAddresses>[1];

function blocks(onCall?: (id: string) => void, files = new FakeAccountFiles()) {
  const parts = rig(onCall);
  const stored = openMadeBlocks(files);
  const sources = new SourceBlocks({
    client: parts.client,
    changes: parts.changes,
    ownAddresses: () => ownAddresses(instances, interfaces),
    kept: { get: () => stored.of(accountId), set: (made) => stored.set(accountId, made) },
    clock: { now: () => 7 },
  });
  const review = async (source: string, peerAddress: string | null = null) => {
    const answer = await sources.review({ ipId, source, peerAddress });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  };
  const block = async (source: string, peerAddress: string | null = null) => {
    const { seen } = await review(source, peerAddress);
    return sources.block({ ipId, source, peerAddress, seen });
  };
  const sent = (id: string) => parts.client.calls.filter((call) => call.id === id);
  return { ...parts, sources, stored, files, review, block, sent };
}

describe('what a block matches', () => {
  it.each([
    ['192.0.2.88', '192.0.2.88/32', 'Matches 192.0.2.88 alone.'],
    ['192.0.2.9/24', '192.0.2.0/24', 'Matches 256 addresses, 192.0.2.0 to 192.0.2.255.'],
    ['::ffff:192.0.2.88', '192.0.2.88/32', 'Matches 192.0.2.88 alone.'],
  ])('%s is %s', async (source, cidr, matches) => {
    const { review } = blocks();
    expect(await review(source)).toMatchObject({ cidr, matches, refusal: null });
  });

  it('is no AS number, and no address of another family', async () => {
    const { sources } = blocks();
    for (const source of ['64500', 'AS64500', '2001:db8::1'])
      expect(await sources.review({ ipId, source, peerAddress: null })).toMatchObject({
        error: { kind: 'refused' },
      });
  });

  it('says that an allow rule may win over it', async () => {
    const { review, firewall } = blocks();
    firewall.rules = [rule('1', 'allow any 0.0.0.0/0 any')];
    expect((await review('192.0.2.88')).lint).toEqual([
      expect.stringMatching(
        /^“block any protocol from 192\.0\.2\.88\/32 to any port” is shadowed by .*first-match/,
      ),
    ]);
  });
});

describe('what is never blocked', () => {
  it.each([
    ['203.0.113.54', 'an address of one of your instances'],
    ['203.0.113.54/31', 'an address of one of your instances'],
    ['198.51.100.200/30', 'an address of this computer'],
    ['203.0.113.42', 'the protected address itself'],
    ['0.0.0.0/0', 'every source'],
  ])('%s: %s', async (source, why) => {
    const { review, block, sent } = blocks();
    expect((await review(source)).refusal).toContain(why);
    expect(await block(source)).toMatchObject({ error: { kind: 'refused' } });
    expect(sent('shield.createRule')).toEqual([]);
  });

  it('the address that the user says is theirs, also within a network', async () => {
    const { review, block, sent } = blocks();
    expect((await review('192.0.2.88', '192.0.2.88')).refusal).toContain('192.0.2.88 is your address');
    expect(await block('192.0.2.0/24', '192.0.2.88')).toMatchObject({ error: { kind: 'refused' } });
    expect(sent('shield.createRule')).toEqual([]);
  });

  it('the address from which an open session comes, whatever the caller says', async () => {
    const { review, block, sent, session } = blocks();
    session.ends = { clientAddress: '192.0.2.88', serverAddress: '203.0.113.42', serverPort: 22 };
    expect(await review('192.0.2.0/24')).toMatchObject({
      peerAddress: '192.0.2.88',
      refusal: '192.0.2.88 is your address, so it is not blocked from here.',
    });
    expect(await block('192.0.2.88')).toMatchObject({ error: { kind: 'refused' } });
    expect(sent('shield.createRule')).toEqual([]);
  });

  it('what is blocked already', async () => {
    const { review, firewall } = blocks();
    firewall.rules?.push(rule('7', 'block any 192.0.2.88/32 any'));
    expect((await review('192.0.2.88')).refusal).toBe('A rule blocks this source already.');
  });

  it('by rules that are others than those that were reviewed', async () => {
    const { sources, review, firewall, sent } = blocks();
    const { seen } = await review('192.0.2.88');
    firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
    expect(await sources.block({ ipId, source: '192.0.2.88', peerAddress: null, seen })).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(sent('shield.createRule')).toEqual([]);
  });
});

describe('a block', () => {
  const withApi = (kept = new FakeAccountFiles()) => {
    const parts = blocks((id) => {
      const { rules } = parts.firewall;
      if (id === 'shield.createRule') rules?.push(rule('9', 'block any 192.0.2.88/32 any'));
      if (id === 'shield.deleteRule') parts.firewall.rules = rules?.filter((each) => each.id !== '9') ?? null;
    }, kept);
    return parts;
  };

  it('is sent and taken back with what an open session tells', async () => {
    const { block, sources, session, journal } = withApi();
    session.ends = { clientAddress: '198.51.100.7', serverAddress: '203.0.113.42', serverPort: 2222 };
    const kept = vi.spyOn(journal, 'write');
    await block('192.0.2.88');
    await settle();
    await sources.undo({ ipId, cidr: '192.0.2.88/32' });
    await settle();
    const peer = { address: '198.51.100.7', sshPort: 2222 };
    const runs = kept.mock.calls.flatMap(([, value]) =>
      Object.values((value as { ada?: Record<string, { peer: unknown }> }).ada ?? {}),
    );
    expect(runs.map((run) => run.peer)).toEqual(runs.map(() => peer));
    expect(runs.length).toBeGreaterThan(1);
  });

  it('is sent once, and taken back by the id of its rule, once', async () => {
    const { block, sources, sent, states, entries } = withApi();
    expect(await block('192.0.2.88')).toEqual({ ok: true, value: { cidr: '192.0.2.88/32' } });
    await settle();
    expect(states()).toEqual(['verified']);
    expect(sent('shield.createRule').map(({ input }) => input)).toEqual([
      {
        path: { id: ipId },
        body: { action: 'block', protocol: 'any', src_cidr: '192.0.2.88/32', dst_port: null },
      },
    ]);
    const undo = { ipId, cidr: '192.0.2.88/32' };
    expect(await sources.undo(undo)).toMatchObject({ ok: true });
    await settle();
    expect(sent('shield.deleteRule').map(({ input }) => input)).toEqual([
      { path: { id: ipId, ruleId: '9' } },
    ]);
    expect(await sources.undo(undo)).toMatchObject({ error: { kind: 'refused' } });
    expect(sent('shield.deleteRule')).toHaveLength(1);
    expect(entries.map(({ kind }) => kind)).toEqual(['firewall-rule-added', 'firewall-rule-deleted']);
  });

  it('is not taken back from rules that hold it no longer, nor by one that was there before', async () => {
    const { block, sources, firewall, sent } = withApi();
    await block('192.0.2.88');
    await settle();
    firewall.rules = firewall.rules?.filter(({ id }) => id !== '9') ?? null;
    expect(await sources.undo({ ipId, cidr: '192.0.2.88/32' })).toMatchObject({ error: { kind: 'refused' } });
    expect(await sources.undo({ ipId, cidr: '198.51.100.0/24' })).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(sent('shield.deleteRule')).toEqual([]);
  });

  it('is listed and taken back after a restart, by what was there before it', async () => {
    const { block, files, firewall } = withApi();
    await block('192.0.2.88');
    await settle();
    const again = withApi(files);
    again.firewall.rules = firewall.rules;
    const made = { ipId, cidr: '192.0.2.88/32', atMs: 7 };
    expect(again.sources.of(ipId)).toEqual([made]);
    expect(again.sources.of('other' as ShieldIpId)).toEqual([]);
    expect(await again.sources.undo(made)).toMatchObject({ ok: true });
    await settle();
    expect(again.sent('shield.deleteRule').map(({ input }) => input)).toEqual([
      { path: { id: ipId, ruleId: '9' } },
    ]);
    expect(again.sources.of(ipId)).toEqual([]);
    expect(openMadeBlocks(files).of(accountId)).toEqual([]);
  });

  it('is kept for fifty sources, and for none of who signed out', () => {
    const { stored, files } = blocks();
    const many = Array.from({ length: 60 }, (_, index) => ({
      ipId,
      cidr: `192.0.2.${index}/32`,
      atMs: index,
      beforeIds: [],
    }));
    stored.set(accountId, many);
    expect(openMadeBlocks(files).of(accountId)).toEqual(many.slice(10));
    stored.forgetAccount(accountId);
    expect(openMadeBlocks(files).of(accountId)).toEqual([]);
  });
});
