import { describe, expect, test } from 'vitest';
import { shieldEvidence } from '../../../main/connection-check/shield-evidence.ts';
import { FakeClient } from '../monitor/fake-client.ts';

const profile = {
  id: '501',
  address: '203.0.113.7',
  instanceId: null,
  ruleCount: 1,
  defaultIn: 'block',
  defaultOut: 'allow',
  rdns: null,
  bandwidthCap: null,
  rules: [
    {
      id: '1',
      action: 'allow',
      protocol: 'tcp',
      sourceCidr: '198.51.100.0/24',
      destinationPort: 22,
      isEnabled: true,
      hasUnreadFields: false,
    },
  ],
};

interface World {
  readonly addresses?: readonly string[];
  readonly seen?: string | null;
  readonly own?: string | null;
  readonly rules?: unknown;
  readonly refuses?: 'shield.ips' | 'shield.ip';
}

function judged({ addresses = ['203.0.113.7'], seen = null, own = null, refuses, ...world }: World = {}) {
  const client = new FakeClient();
  client.answer('shield.ips', [profile]);
  client.answer('shield.ip', { ...profile, ...('rules' in world && { rules: world.rules }) });
  if (refuses !== undefined)
    client.fail(refuses, { kind: 'forbidden', ability: 'shield:read', message: 'No.' });
  return shieldEvidence(
    {
      client,
      seenAddress: () => Promise.resolve(seen),
      ownAddressTowards: () => Promise.resolve(own),
    },
    addresses,
    22,
  );
}

describe('what Shield does to this computer', () => {
  test('is judged by the address that an open session is seen with', async () => {
    expect(await judged({ seen: '198.51.100.9', own: '192.0.2.1' })).toEqual({
      kind: 'judged',
      ipId: '501',
      reach: 'allow',
      source: { address: '198.51.100.9', isSeen: true },
    });
  });

  test('or by its own, or for everybody', async () => {
    expect(await judged({ own: '192.0.2.1' })).toMatchObject({
      reach: 'block',
      source: { address: '192.0.2.1', isSeen: false },
    });
    expect(await judged()).toMatchObject({ reach: 'source', source: null });
  });

  test('is looked up by any of the addresses, in their one form', async () => {
    expect(await judged({ addresses: ['2001:db8::1', '203.0.113.7'] })).toMatchObject({ kind: 'judged' });
    expect(await judged({ addresses: ['2001:DB8:0::1'] })).toEqual({
      kind: 'not-protected',
      address: '2001:db8::1',
    });
  });

  test.each(['shield.ips', 'shield.ip'] as const)('is not known where %s is refused', async (refuses) => {
    const found = await judged({ refuses });
    expect(found.kind).toBe('unreadable');
    expect(JSON.stringify(found)).toContain('shield:read');
  });

  test('is not known where its rules cannot be read', async () => {
    expect(await judged({ rules: null })).toMatchObject({ kind: 'unreadable' });
  });
});
