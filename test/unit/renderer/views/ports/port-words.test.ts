import { expect, test } from 'vitest';
import type { InstanceId, SessionId } from '../../../../../preload/contract/brands.ts';
import type {
  PortConnection,
  PortForward,
  PortForwardId,
  PortForwardState,
} from '../../../../../preload/contract/port-forwards.ts';
import {
  addressAndPort,
  isSaidAbove,
  leadsTo,
  openedAddress,
  sharedProblems,
  standing,
  trafficWords,
} from '../../../../../renderer/views/ports/port-words.ts';

const web = 'web' as InstanceId;
const noTraffic = { bytesUp: 0, bytesDown: 0, openNow: 0, openedTotal: 0, problem: null };
const forward = (part: Partial<PortForward> = {}): PortForward => ({
  id: 'f' as PortForwardId,
  instanceId: web,
  name: '',
  kind: 'local',
  bindAddress: '127.0.0.1',
  port: 8080,
  destination: { host: 'localhost', port: 80 },
  startsWithApp: false,
  state: { phase: 'off', problem: null },
  traffic: noTraffic,
  ...part,
});
const connection = (state: PortConnection['state']): PortConnection => ({
  id: 's' as SessionId,
  instanceId: web,
  title: 'web-1',
  target: 'root@203.0.113.42',
  state,
  sinceMs: 0,
  process: 1,
});

test.each([
  [{ phase: 'off', problem: null }, null, 'Off', null],
  [{ phase: 'off', problem: 'Taken.' }, null, 'Failed', 'Taken.'],
  [{ phase: 'connecting' }, null, 'Connecting', null],
  [{ phase: 'waiting', retryAtMs: 9_000, sentence: 'Lost.' }, null, 'Reconnecting in 8 s', 'Lost.'],
  [{ phase: 'waiting', retryAtMs: 1_000, sentence: 'Lost.' }, null, 'Reconnecting now', 'Lost.'],
  [{ phase: 'on', port: 8080, note: null }, null, 'On', null],
  [{ phase: 'on', port: 8080, note: 'For itself alone.' }, null, 'On', 'For itself alone.'],
  [{ phase: 'on', port: 8080, note: null }, 'Refused.', 'On', 'Refused.'],
] as const)('how one stands: %o', (state, problem, word, sentence) => {
  const told = standing(forward({ state, traffic: { ...noTraffic, problem } }), null, 1_000);
  expect([told.word, told.sentence]).toEqual([word, sentence]);
});

test('a connection that asks something is not just connecting', () => {
  const prompt = { kind: 'password', id: 1, user: 'root', host: 'web', said: '' } as const;
  const { word } = standing(forward({ state: { phase: 'connecting' } }), { phase: 'prompting', prompt }, 0);
  expect(word).toBe('Needs an answer');
});

test('the address that is open, or will be', () => {
  expect(openedAddress(forward())).toBe('127.0.0.1:8080');
  expect(openedAddress(forward({ port: 0 }))).toBe('127.0.0.1, any port');
  const state = { phase: 'on', port: 41_234, note: null } as const;
  expect(openedAddress(forward({ port: 0, bindAddress: '::1', state }))).toBe('[::1]:41234');
  expect(addressAndPort('localhost', 80)).toBe('localhost:80');
});

test.each([
  ['local', 'localhost:80', 'from the instance'],
  ['remote', 'localhost:80', 'from this computer'],
  ['dynamic', 'Any host', 'as the instance reaches it'],
] as const)('where a %s one leads to', (kind, where, from) => {
  const destination = kind === 'dynamic' ? null : { host: 'localhost', port: 80 };
  expect(leadsTo({ kind, destination })).toEqual({ where, from });
});

test('what went through it', () => {
  expect(trafficWords({ bytesUp: 2048, bytesDown: 3, openNow: 1, openedTotal: 2, problem: null })).toEqual({
    bytes: '2 KB sent, 3 B received',
    connections: '1 open of 2 connections',
  });
});

test('what several of an instance have in their way is said once, above them', () => {
  const lost: PortForwardState = { phase: 'waiting', retryAtMs: 5_000, sentence: 'Lost.' };
  const [one, two, three] = [
    forward({ state: lost }),
    forward({ state: lost }),
    forward({ state: { phase: 'off', problem: 'Taken.' } }),
  ];
  const problems = sharedProblems([one, two, three, forward({ ...one, instanceId: 'db' as InstanceId })], []);
  expect(problems).toEqual([{ instanceId: web, sentence: 'Lost.', retryAtMs: 5_000, isKeyChanged: false }]);
  expect([one, two, three].map((each) => isSaidAbove(each, problems))).toEqual([true, true, false]);
  expect(isSaidAbove(forward(), problems)).toBe(false);
});

test('a changed host key is said above also where it has stopped one alone', () => {
  const ended = {
    phase: 'ended',
    reason: 'host-key-changed',
    sentence: 'Changed.',
    retryable: false,
  } as const;
  const one = forward({ state: { phase: 'off', problem: 'Changed.' } });
  expect(sharedProblems([one], [connection(ended)])).toEqual([
    { instanceId: web, sentence: 'Changed.', retryAtMs: null, isKeyChanged: true },
  ]);
  expect(sharedProblems([one], [])).toEqual([]);
});
