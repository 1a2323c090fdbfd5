import { beforeEach, expect, it, vi, type Mock } from 'vitest';
import type { InstanceId } from '../../../../preload/contract/brands.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import type { Instance } from '../../../../preload/contract/instance.ts';
import type { Snapshot, SnapshotUpdate } from '../../../../preload/contract/snapshot.ts';
import { instance, snapshot as sample } from '../../domain/samples.ts';

const main = vi.hoisted((): { current: Mock; push: (update: unknown) => void } => ({
  current: vi.fn(),
  push: () => undefined,
}));
vi.mock('../../../../renderer/client.ts', () => ({
  client: {
    snapshot: {
      current: main.current,
      changed: (listener: (update: unknown) => void) => {
        main.push = listener;
        return () => undefined;
      },
    },
  },
}));

const id = 'a' as InstanceId;
const at = (revision: number, name: string): Snapshot => ({
  ...sample([instance('a', 'running', { id, name })]),
  revision,
});
const full = (snapshot: Snapshot): SnapshotUpdate => ({ kind: 'full', snapshot });
const patch = ({ instances, ...head }: Snapshot): SnapshotUpdate => ({
  kind: 'patch',
  head,
  changed: instances,
  removed: [],
});

beforeEach(() => {
  vi.resetModules();
  main.current.mockReset();
});
async function followed(first: Snapshot) {
  const { snapshot } = await import('../../../../renderer/state/snapshot.svelte.ts');
  main.current.mockResolvedValueOnce(ok(full(first)));
  await snapshot.follow();
  return snapshot;
}

it('takes the answer, then a patch that follows on it', async () => {
  const snapshot = await followed(at(1, 'web'));
  expect(snapshot.nameOf(id)).toBe('web');
  main.push(patch(at(2, 'web-2')));
  expect(snapshot.nameOf(id)).toBe('web-2');
  expect(snapshot.instance('b' as InstanceId)).toBeNull();
  expect(main.current).toHaveBeenCalledTimes(1);
});

it('asks again after a patch that was missed, and keeps what it has meanwhile', async () => {
  const snapshot = await followed(at(1, 'web'));
  main.current.mockResolvedValueOnce(ok(full(at(3, 'web-3'))));
  main.push(patch(at(3, 'web-3')));
  expect(snapshot.nameOf(id)).toBe('web');
  await vi.waitFor(() => expect(snapshot.nameOf(id)).toBe('web-3'));
  expect(main.current).toHaveBeenCalledTimes(2);
});

it('is nothing when nobody is signed in any more', async () => {
  const snapshot = await followed(at(1, 'web'));
  main.push({ kind: 'none' });
  expect(snapshot.current).toBeNull();
});

it('has no instance and no name where there is no list, or not that one in it', async () => {
  const snapshot = await followed(at(1, 'web'));
  expect(snapshot.nameOf('b' as InstanceId)).toBeNull();
  main.push({ kind: 'none' });
  expect(snapshot.instance(id)).toBeNull();
  expect(snapshot.nameOf(id)).toBeNull();
});

it('keeps what it has where main does not answer', async () => {
  const snapshot = await followed(at(1, 'web'));
  main.current.mockResolvedValueOnce(fail({ kind: 'internal', message: 'down' }));
  await snapshot.follow();
  expect(snapshot.nameOf(id)).toBe('web');
});

it('shows an update that comes in parts once it is whole, and asks again where a part was missed', async () => {
  const snapshot = await followed(at(1, 'web'));
  const [changed] = at(2, 'web-2').instances;
  const news = { ...changed, id: 'b' as InstanceId } as Instance;
  main.push({ kind: 'part', instances: [changed] });
  expect(snapshot.nameOf(id)).toBe('web');
  main.push({ ...patch(at(2, 'web-2')), changed: [news], ahead: 1 });
  expect(snapshot.current?.instances).toEqual([changed, news]);
  expect(main.current).toHaveBeenCalledTimes(1);
  main.current.mockResolvedValueOnce(ok(full(at(3, 'web-3'))));
  main.push({ kind: 'full', snapshot: at(3, 'web-3'), ahead: 2 });
  await vi.waitFor(() => expect(snapshot.nameOf(id)).toBe('web-3'));
  expect(main.current).toHaveBeenCalledTimes(2);
});

it('drops parts of an update that never came whole', async () => {
  const snapshot = await followed(at(1, 'web'));
  main.push({ kind: 'part', instances: at(2, 'web-2').instances });
  main.push(full(at(5, 'other')));
  expect(snapshot.current).toEqual(at(5, 'other'));
  main.push(patch(at(6, 'other-2')));
  expect(snapshot.nameOf(id)).toBe('other-2');
  expect(main.current).toHaveBeenCalledTimes(1);
});
