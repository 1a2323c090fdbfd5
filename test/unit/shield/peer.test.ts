import { describe, expect, it } from 'vitest';
import type { SshConnectionEnds } from '../../../main/ssh/index.ts';
import { peerOf } from '../../../main/shield/peer.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { addition, ipId, rig } from './shield-rig.ts';

const web = { id: 'i-1' as InstanceId, name: 'web-1', host: null, port: 22 };

/** What the session says; undefined: none is open. */
const peer = (ends: SshConnectionEnds | null | undefined, owner: typeof web | null = web) =>
  peerOf(
    {
      ownerOf: () => owner,
      endsAt: () => (ends === undefined ? undefined : Promise.resolve(ends)),
    },
    { address: '203.0.113.42', instanceId: web.id },
  );

it('is what the instance sees, with the port of its SSH server', async () => {
  expect(
    await peer({ clientAddress: '198.51.100.7', serverAddress: '203.0.113.42', serverPort: 2222 }),
  ).toEqual({
    instance: { id: 'i-1', name: 'web-1' },
    seen: { address: '198.51.100.7', port: 2222 },
    note: null,
  });
});

it('names no port where the session comes in elsewhere', async () => {
  expect(
    await peer({ clientAddress: '198.51.100.7', serverAddress: '10.0.0.5', serverPort: 2222 }),
  ).toMatchObject({
    seen: { address: '198.51.100.7', port: null },
    note: 'Your SSH session reaches web-1 at 10.0.0.5, not at 203.0.113.42: there you may be seen from another address.',
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
  expect(await peer(ends)).toMatchObject({ seen: null, note });
});

it('is not known where the instance is not', async () => {
  expect(await peer(null, null)).toMatchObject({ instance: null, seen: null });
});

describe('a change of rules is judged', () => {
  const ends = { clientAddress: '198.51.100.7', serverAddress: '203.0.113.42', serverPort: 2222 };
  const review = async (ends: SshConnectionEnds | undefined, peerAddress: string | null) => {
    const { changes, session } = rig();
    session.ends = ends;
    const edits = [addition('block tcp 198.51.100.7 2222')];
    const answer = await changes.review({ ipId, edits, peerAddress });
    return answer.ok ? answer.value : answer.error;
  };

  it('with what a session tells, where the caller says nothing', async () => {
    expect(await review(ends, null)).toMatchObject({
      peer: { instance: { name: 'web-1' }, seen: { address: '198.51.100.7', port: 2222 } },
      lockout: { reason: expect.stringContaining('SSH from 198.51.100.7 to port 2222') as string },
    });
  });

  it('with the port that it tells, where the caller says the same address', async () => {
    expect(await review(ends, '198.51.100.7')).toMatchObject({
      lockout: { reason: expect.stringContaining('to port 2222') as string },
    });
  });

  it('with another address where the caller says so, and the port of the SSH settings', async () => {
    expect(await review({ ...ends, clientAddress: '192.0.2.1' }, '198.51.100.7')).toMatchObject({
      peer: { seen: { address: '192.0.2.1' } },
      lockout: { verdict: 'safe' },
    });
  });

  it('with no address where nobody says one', async () => {
    expect(await review(undefined, null)).toMatchObject({
      peer: { seen: null },
      lockout: { verdict: 'not-provable' },
    });
  });
});
