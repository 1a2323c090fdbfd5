import { beforeEach, expect, it, vi } from 'vitest';
import {
  createAheadFetch,
  createApiClient,
  firstRequest,
  type Fetch,
  type FetchAnswer,
} from '../../../main/api/index.ts';
import { FakeClock, settle } from './support/fake-clock.ts';

const baseUrl = 'https://api.evorxa.com/api';
const token = '1|abcdefghijklmnop';
const list = (): Response => Response.json({ data: [] });

const network = vi.fn<Fetch>();
let clock: FakeClock;
let ahead: ReturnType<typeof createAheadFetch>;

beforeEach(() => {
  network.mockReset().mockImplementation(() => Promise.resolve(list()));
  clock = new FakeClock();
  ahead = createAheadFetch(network, clock);
});

const sendAhead = (): Promise<FetchAnswer> => {
  const request = firstRequest(baseUrl, token);
  if (request === null) throw new Error('No request could be made.');
  return ahead.sendAhead(request.url, request.init);
};
const clientFor = (usedToken: string, apiUrl = baseUrl) =>
  createApiClient({
    ...{ baseUrl: apiUrl, token: usedToken, fetch: ahead.fetch, clock, random: () => 0 },
    log: () => undefined,
  });
const askList = (client = clientFor(token)) => client.request('instances.list', {}, { priority: 'poll' });

it('what was sent ahead is the client’s own first request, and is sent once', async () => {
  void sendAhead();
  expect(await askList()).toMatchObject({ ok: true, value: { value: [] } });
  expect(network).toHaveBeenCalledTimes(1);
  await askList();
  expect(network).toHaveBeenCalledTimes(2);
  // The same as the client sends by itself, but for who can end it.
  const [first, second] = network.mock.calls.map(([url, init]) => ({ url, ...init, signal: null }));
  expect(first).toEqual(second);
});

it('is taken over while it is under way', async () => {
  let answer: (response: Response) => void = () => undefined;
  network.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  void sendAhead();
  const asked = askList();
  answer(list());
  expect(await asked).toMatchObject({ ok: true });
  expect(network).toHaveBeenCalledTimes(1);
});

it('fails as the client’s own request does: it is repeated by its rules', async () => {
  network.mockImplementationOnce(() => Promise.reject(new TypeError('net::ERR_CONNECTION_RESET')));
  void sendAhead();
  const asked = askList();
  await clock.advance(5_000);
  expect(await asked).toMatchObject({ ok: true });
  expect(network).toHaveBeenCalledTimes(2);
});

it.each([
  ['another token', () => clientFor('2|qrstuvwxyzabcdef')],
  ['another address', () => clientFor(token, 'https://api.example.com/api')],
])('is not given to %s', async (_what, client) => {
  void sendAhead();
  await askList(client());
  expect(network).toHaveBeenCalledTimes(2);
});

it('is ended by who has taken it over', async () => {
  network.mockImplementationOnce(() => new Promise(() => undefined));
  void sendAhead();
  const giveUp = new AbortController();
  const asked = clientFor(token).request('instances.list', {}, { signal: giveUp.signal });
  await settle();
  giveUp.abort();
  expect(await asked).toMatchObject({ error: { kind: 'aborted' } });
  expect(network.mock.calls[0]?.[1].signal?.aborted).toBe(true);
});

it('is given up where it has waited for too long', async () => {
  void sendAhead();
  await clock.advance(3_001);
  await askList();
  expect(network).toHaveBeenCalledTimes(2);
  void sendAhead();
  await clock.advance(15_001);
  expect(network.mock.calls[2]?.[1].signal?.aborted).toBe(true);
});

it('can be read here too, before, after and beside the client, and is sent once', async () => {
  const textOf = async ({ body }: FetchAnswer): Promise<string> => {
    const parts: Uint8Array[] = [];
    for await (const part of body ?? []) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  const chunks = (): Response =>
    new Response(
      new ReadableStream({
        start: (stream) => {
          for (const part of ['{"data":', '[]}']) stream.enqueue(new TextEncoder().encode(part));
          stream.close();
        },
      }),
    );
  network.mockImplementation(() => Promise.resolve(chunks()));
  const before = await sendAhead();
  expect(await textOf(before)).toBe('{"data":[]}');
  expect(await askList()).toMatchObject({ ok: true, value: { value: [] } });
  expect(await textOf(before)).toBe('{"data":[]}');
  const beside = await sendAhead();
  const [text, asked] = await Promise.all([textOf(beside), askList()]);
  expect([text, asked.ok]).toEqual(['{"data":[]}', true]);
  expect(network).toHaveBeenCalledTimes(2);
});

it('whose body breaks off fails for both', async () => {
  network.mockImplementationOnce(() =>
    Promise.resolve(
      new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('cut off')) })),
    ),
  );
  const answer = await sendAhead();
  const read = async (): Promise<void> => {
    for await (const part of answer.body ?? []) expect(part).toBeUndefined();
  };
  await expect(read()).rejects.toThrow('cut off');
  expect(await askList()).toMatchObject({ ok: false });
  expect(network).toHaveBeenCalledTimes(1);
});
