import { createFreshPasswords } from '../../../main/instances/index.ts';
import type { InstanceRecord } from '../../../main/api/index.ts';
import type { OsTemplateId, PackageId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { recording } from '../activity/recording.ts';
import { accountId, cents, instanceId, record } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { rig } from '../monitor/rig.ts';

export const web = instanceId('web');
export const lost: ApiError = { kind: 'unknown-outcome', message: 'dropped' };
export const poor: ApiError = {
  kind: 'insufficient-funds',
  message: 'Insufficient',
  balanceCents: cents(100),
};

/** Comes before `web` in the list: what is done to one instance is done to no other. */
const other = record('other', 'running');

/** An account with two instances, of which `web` is the one that something is done to. */
export async function started(status = 'running', more: Partial<InstanceRecord> = {}) {
  const made = rig();
  made.api.records = [other, record('web', status, more)];
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  const client = new FakeClient();
  const reinstalled: string[] = [];
  let isLocked = false;
  const { entries, record: recorder } = recording();
  const dependencies = {
    client,
    record: recorder,
    monitor: made.monitor,
    isLocked: () => isLocked,
    onNewSystem: (id: string) => void reinstalled.push(id),
    accountId,
    fresh: createFreshPasswords(() => () => undefined),
    report: (cause: unknown): void => {
      throw cause;
    },
  };
  const shows = async (next: string, changes: Partial<InstanceRecord> = {}): Promise<void> => {
    made.api.records = [other, record('web', next, { ...more, ...changes })];
    await made.time.pass(31_000);
  };
  const server = () => made.held()?.instances.find(({ id }) => id === web);
  const lock = (): void => {
    isLocked = true;
  };
  return {
    ...made,
    client,
    entries,
    dependencies,
    shows,
    web: server,
    state: () => server()?.state,
    lock,
    reinstalled,
  };
}
export type Started = Awaited<ReturnType<typeof started>>;

export const upgrade = (reboot: boolean) => ({ instanceId: web, packageId: '3' as PackageId, reboot });
export const reinstall = { instanceId: web, osTemplateId: '112' as OsTemplateId, osName: 'Debian 12' };
