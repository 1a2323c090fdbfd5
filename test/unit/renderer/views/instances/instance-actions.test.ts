import { expect, it, vi } from 'vitest';
import type { StateKind } from '../../../../../preload/contract/instance.ts';
import { instance } from '../../../domain/samples.ts';

vi.mock('../../../../../renderer/client.ts', () => ({ client: {} }));
vi.mock('../../../../../renderer/state/dock.svelte.ts', () => ({}));
vi.mock('../../../../../renderer/state/app.svelte.ts', () => ({}));
vi.mock('../../../../../renderer/state/router.svelte.ts', () => ({}));
vi.mock('../../../../../renderer/state/ability.ts', () => ({}));
const { shellBlockedReason } = await import('../../../../../renderer/views/instances/instance-actions.ts');

const inState = (
  kind: StateKind,
  word: string,
  power?: { readonly kind: StateKind; readonly word: string },
) =>
  instance('web', kind, {
    name: 'web',
    mainIp: '203.0.113.7',
    state: { kind, word, detail: null, sinceMs: null, ...(power === undefined ? {} : { power }) },
  });

it.each([
  ['stopped', 'Stopped', 'web is stopped'],
  ['suspended', 'Suspended', 'web is suspended'],
  ['failed', 'Failed', 'web could not be built'],
  ['failed', 'Build failed', 'web could not be built'],
  ['running', 'Running', null],
  ['transition', 'Restarting', null],
  ['unknown', 'hibernated', null],
] as const)('an instance that is %s (%s) has as reason against a shell: %j', (kind, word, reason) => {
  expect(shellBlockedReason(inState(kind, word))).toBe(reason);
});

it('an instance that failed when it ran already is started first, whatever the word for it is', () => {
  const { state, ...failed } = inState('failed', 'Stopped by itself');
  expect(shellBlockedReason({ ...failed, state: { ...state, subkind: 'crashed' } })).toBe(
    'web crashed: start it first',
  );
});

it('where a deletion is scheduled, its power decides', () => {
  const scheduled = (kind: StateKind, word: string) =>
    inState('deletion', 'Deletion scheduled', { kind, word });
  expect(shellBlockedReason(scheduled('stopped', 'Stopped'))).toBe('web is stopped');
  expect(shellBlockedReason(scheduled('running', 'Running'))).toBeNull();
});

it('without an address there is nothing to connect to', () => {
  expect(shellBlockedReason(instance('web', 'running', { name: 'web', mainIp: null }))).toBe(
    'web has no address yet',
  );
});
