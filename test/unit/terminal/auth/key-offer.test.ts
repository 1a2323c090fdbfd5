import type { ParsedKey } from 'ssh2';
import { expect, test } from 'vitest';
import { SingleKeyAgent, type KeyOffer } from '../../../../main/terminal/process/auth/key-offer.ts';
import { offeredKey } from '../../../../main/terminal/process/auth/offered-key.ts';
import { blobOf, madeKey } from './made-keys.ts';

const blob = blobOf(madeKey('openssh rsa.pub'));
const data = Buffer.from('what is signed');
const signature = Buffer.from('a signature');

/** An agent whose key signs as it is told; what it did is in `did`. */
function setUp(sign: KeyOffer['sign']) {
  const did: unknown[] = [];
  const key = offeredKey(blob, '');
  if (key === null) throw new Error('no key');
  const agent = new SingleKeyAgent(
    { ...key, sign },
    {
      algorithm: { name: 'rsa-sha2-256', hash: 'sha256' },
      whileSigning: async (work) => {
        did.push('began');
        try {
          return await work();
        } finally {
          did.push('ended');
        }
      },
      send: (...sent) => did.push(sent),
    },
  );
  return { agent, did };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const noKey = 'unused' as unknown as ParsedKey;

test('it has the one key, by the name of the algorithm that signs', () => {
  const { agent } = setUp(() => Promise.resolve(signature));
  const given: unknown[] = [];
  agent.getIdentities((error, keys) => given.push(error, keys));
  const [error, keys] = given as [unknown, readonly ParsedKey[]];
  expect(error).toBeNull();
  expect(keys.map((key) => [key.type, key.getPublicSSH()])).toEqual([['rsa-sha2-256', blob]]);
});

test('a signature is sent past ssh2, which hears nothing', async () => {
  const asked: unknown[] = [];
  const { agent, did } = setUp((...args) => {
    asked.push(args);
    return Promise.resolve(signature);
  });
  expect([agent.signed, agent.problem]).toEqual([false, null]);
  agent.sign(noKey, data, {}, () => did.push('heard'));
  await turn();
  expect(asked).toEqual([[data, 'sha256']]);
  expect(did).toEqual(['began', 'ended', [data, signature]]);
  expect([agent.signed, agent.problem]).toEqual([true, null]);
});

test.each([
  ['with options', true],
  ['without', false],
])('a refusal is told to ssh2 and kept, %s', async (_name, hasOptions) => {
  const problem = new Error('refused');
  const { agent } = setUp(() => Promise.reject(problem));
  const heard: unknown[] = [];
  const done = (error?: Error | null): void => void heard.push(error);
  if (hasOptions) agent.sign(noKey, data, {}, done);
  else agent.sign(noKey, data, done);
  await turn();
  expect(heard).toEqual([problem]);
  expect(agent.problem).toBe(problem);
  expect(agent.signed).toBe(false);
});

test('a refusal that is no error becomes one', async () => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- What a library may do.
  const { agent } = setUp(() => Promise.reject('words'));
  agent.sign(noKey, data, {}, () => undefined);
  await turn();
  expect(agent.problem).toEqual(new Error('words'));
});
