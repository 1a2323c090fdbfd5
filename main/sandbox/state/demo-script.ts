import type { World } from './world.ts';

const secondMs = 1_000;

/**
 * What happens in the first two minutes of the demo account without anybody's doing: a restart ends, a build
 * finishes, a server stops by itself, and the wallet pays a renewal.
 */
export function runDemoScript({ clock, instances, lifecycle }: World): void {
  const find = (name: string): string | undefined =>
    instances.all().find((record) => record.name === name)?.id;

  const restarting = find('db-replica');
  if (restarting !== undefined) lifecycle.restart(restarting, 12 * secondMs);
  const building = find('build-7');
  if (building !== undefined) lifecycle.provision(building, 35 * secondMs);

  const stopping = find('cache-1');
  clock.after(70 * secondMs, () => {
    // Unless the user has already acted on it.
    if (stopping !== undefined && instances.get(stopping)?.status === 'running') {
      lifecycle.force(stopping, { status: 'stopped' });
    }
  });

  const renewing = find('ns2');
  if (renewing !== undefined) instances.update(renewing, { billedTillMs: clock.now() + 100 * secondMs });
}
