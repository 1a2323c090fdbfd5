import { InstanceCreation, openCreationStore } from '../../../main/instances/index.ts';
import type { InstanceRecord } from '../../../main/api/index.ts';
import type {
  Cents,
  InstanceId,
  OsTemplateId,
  PackageId,
  ProjectId,
  SshKeyId,
} from '../../../preload/contract/brands.ts';
import type { CreateState, NewInstance } from '../../../preload/contract/create.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { Notice, Snapshot } from '../../../preload/contract/snapshot.ts';
import { recording } from '../activity/recording.ts';
import { snapshot } from '../domain/samples.ts';
import { accountId, record } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { FakeTime } from '../monitor/fake-time.ts';
import { FakeAccountFiles, FakeJournal } from '../storage/fakes.ts';

export const wanted: NewInstance = {
  name: 'web-1',
  hostname: 'web-1.server.evorxa.net',
  projectId: '1' as ProjectId,
  packageId: '2' as PackageId,
  category: 'standard',
  osTemplateId: '112' as OsTemplateId,
  osName: 'Debian 12',
  cycle: 'monthly',
  sshKeyIds: ['3' as SshKeyId],
  planSlug: 'scout-2',
  priceCents: 1000 as Cents,
};

/** The new server as the list has it. */
export const listed = (id = 'new'): InstanceRecord => ({
  ...record(id, 'provisioning'),
  name: wanted.name,
  hostname: wanted.hostname,
  planSlug: wanted.planSlug,
});

/** What outlives a run of the app. */
export const emptyDisk = () => ({ files: new FakeAccountFiles(), journal: new FakeJournal() });

/** A creation of one account on a fake API; a second one on the same disk is a later run of the app. */
export function createRig(
  disk = emptyDisk(),
  time = new FakeTime(),
  onBug = (error: unknown): void => {
    throw error;
  },
) {
  const client = new FakeClient();
  client.answer('instances.list', []);
  client.answer('wallet.transactions', []);
  client.answer('instances.create', { record: listed() });
  let now: Snapshot = snapshot([]);
  const told: CreateState[] = [];
  const notices: Notice[] = [];
  let refreshes = 0;
  let payments = 0;
  const found: InstanceId[] = [];
  let address: string | null = null;
  const kept = openCreationStore({ ...disk, isInMemory: (id) => id === 'demo' });
  const { entries, record } = recording();
  const creation = new InstanceCreation({
    accountId,
    client,
    monitor: {
      snapshot: () => now,
      refresh: () => {
        refreshes += 1;
        return Promise.resolve();
      },
      find: (id) => {
        found.push(id);
        return Promise.resolve();
      },
    },
    clock: time,
    kept: {
      get: () => kept.of(accountId),
      update: (patch) => kept.update(accountId, patch),
      begin: (attempt) => kept.begin(accountId, attempt),
      end: () => kept.end(accountId),
    },
    probe: () => Promise.resolve(address === null ? { kind: 'silent' } : { kind: 'answers', address }),
    onChange: (state) => told.push(state),
    onPaid: () => (payments += 1),
    onNotices: (more) => notices.push(...more),
    record,
    onBug,
  });
  return {
    client,
    /** What was recorded of creations, each time that it was. */
    entries,
    creation,
    kept,
    notices,
    disk,
    time,
    told,
    phases: () => told.map(({ step }) => step.phase),
    refreshes: () => refreshes,
    payments: () => payments,
    /** The instances that were looked for beside the list. */
    found,
    answersAt: (next: string | null) => (address = next),
    /** The account becomes this. */
    see: (instances: readonly Instance[], more: Partial<Snapshot> = {}) => {
      now = snapshot(instances, more);
      creation.saw(now);
    },
  };
}
