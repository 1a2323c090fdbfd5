import { expect, it } from 'vitest';
import type { SshConnectionEnds } from '../../../main/ssh/index.ts';
import { peerOf } from '../../../main/shield/index.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import { addition, ipId, rig } from './shield-rig.ts';

const accountId = 'ada' as AccountId;
const web = { id: 'i-1' as InstanceId, name: 'web-1', host: null, port: 22 };

/** What the session says; undefined: none is open. */
const peer = (ends: SshConnectionEnds | null | undefined, owner: typeof web | null = web) => {
  const { client } = rig();
  return peerOf(
    {
      accountId,
      client,
      ownerOf: () => owner,
      endsAt: () => (ends === undefined ? undefined : Promise.resolve(ends)),
    },
    ipId,
  );
};

it('is what the instance sees, with the port of its SSH server', async () => {
  expect(
    await peer({ clientAddress: '198.51.100.7', serverAddress: '203.0.113.42', serverPort: 2222 }),
  ).toEqual({
    ok: true,
    value: {
      instance: { id: 'i-1', name: 'web-1' },
      seen: { address: '198.51.100.7', port: 2222 },
      note: null,
    },
  });
});

it('names no port where the session comes in elsewhere', async () => {
  expect(
    await peer({ clientAddress: '198.51.100.7', serverAddress: '10.0.0.5', serverPort: 2222 }),
  ).toMatchObject({
    value: {
      seen: { address: '198.51.100.7', port: null },
      note: 'Your SSH session reaches web-1 at 10.0.0.5, not at 203.0.113.42: there you may be seen from another address.',
    },
  });
});

it.each([
  [undefined, 'No SSH session is open to web-1. With one, its address is read there.'],
  [null, 'web-1 does not say from where it sees your open SSH session.'],
  [
    { clientAddress: '2001:db8::7', serverAddress: '2001:db8::42', serverPort: 22 },
    'Your open SSH session to web-1 uses IPv6; this address takes IPv4.',
  ],
])('is not known by %j', async (ends, note) => {
  expect(await peer(ends)).toMatchObject({ value: { seen: null, note } });
});

it('is not known where the instance is not', async () => {
  expect(await peer(null, null)).toMatchObject({ value: { instance: null, seen: null } });
});

it('the port that a session tells is the one that is protected', async () => {
  const { changes } = rig();
  const request = { ipId, edits: [addition('block tcp 198.51.100.7 2222')], peerAddress: '198.51.100.7' };
  expect(await changes.review({ ...request, peerPort: 2222 })).toMatchObject({
    value: { lockout: { reason: expect.stringContaining('to port 2222') as string } },
  });
  expect(await changes.review({ ...request, peerPort: null })).toMatchObject({
    value: { lockout: { verdict: 'safe' } },
  });
});
