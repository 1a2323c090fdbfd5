import { beforeEach, expect, it, vi } from 'vitest';
import type { WatchUpdate } from '../../../../preload/contract/watch.ts';

const main = vi.hoisted(() => ({ listeners: [] as ((update: unknown) => void)[] }));
vi.mock('../../../../renderer/client.ts', () => ({
  client: { watch: { changed: (listener: (update: unknown) => void) => main.listeners.push(listener) } },
}));

beforeEach(() => {
  vi.resetModules();
  main.listeners.length = 0;
});
const update = (name: string): WatchUpdate => ({
  kind: 'plans',
  name,
  state: { data: [], checkedAtMs: 1, error: null, gaps: null },
});
const push = (name: string) => {
  for (const each of main.listeners) each(update(name));
};
const load = async () => (await import('../../../../renderer/state/watch-registry.ts')).onWatchUpdate;

it('asks main for updates once, and hands each to those who watch that name', async () => {
  const onWatchUpdate = await load();
  expect(main.listeners).toEqual([]);
  const heard: string[] = [];
  onWatchUpdate('plans?', ({ name }) => void heard.push(`a ${name}`));
  onWatchUpdate('plans?', ({ name }) => void heard.push(`b ${name}`));
  onWatchUpdate('other?', ({ name }) => void heard.push(`c ${name}`));
  expect(main.listeners).toHaveLength(1);
  push('plans?');
  push('nobody?');
  push('other?');
  expect(heard).toEqual(['a plans?', 'b plans?', 'c other?']);
});

it('lets each go by itself, and takes a new one once all have gone', async () => {
  const onWatchUpdate = await load();
  const heard: string[] = [];
  const leave = onWatchUpdate('plans?', () => void heard.push('a'));
  const leaveOther = onWatchUpdate('plans?', () => void heard.push('b'));
  leave();
  push('plans?');
  expect(heard).toEqual(['b']);
  leaveOther();
  push('plans?');
  onWatchUpdate('plans?', () => void heard.push('c'));
  push('plans?');
  expect(heard).toEqual(['b', 'c']);
  expect(main.listeners).toHaveLength(1);
});
