import { randomUUID } from 'node:crypto';
import type { AutomaticRule } from '../../preload/contract/automatic-rules.ts';
import type { AccountId, InstanceId, ShieldIpId } from '../../preload/contract/brands.ts';
import type { ShieldApplying } from '../../preload/contract/firewall.ts';
import type { ShieldIp } from '../../preload/contract/shield.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { Recorder } from '../activity/index.ts';
import type { ApiClient } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import type { AccountMonitor, AccountWatches } from '../monitor/index.ts';
import {
  AutomaticRules,
  ownAddresses,
  ShieldChanges,
  SourceBlocks,
  type AddressOwner,
  type AutomaticRulesOfAccount,
  type MadeBlocksOfAccount,
  type ShieldChangesOptions,
  type ShieldRunsOfAccount,
} from '../shield/index.ts';
import { addressOwner } from './address-owner.ts';

/** What Shield takes of those who make an account's runtime. */
export interface ShieldSurroundings {
  /** How an instance is reached by SSH, as the user has set it. */
  readonly sshReach: (id: InstanceId) => Pick<AddressOwner, 'host' | 'port'>;
  /** What an open SSH session to an instance tells of both its ends. */
  readonly endsAt: ShieldChangesOptions['endsAt'];
  /** The changes of firewalls that outlive the app. */
  readonly shieldRuns: ShieldRunsOfAccount;
  /** The sources that were blocked, kept from run to run. */
  readonly storedBlocks: MadeBlocksOfAccount;
  readonly probeSsh: ShieldChangesOptions['probe'];
  readonly onShieldChanges: (all: readonly ShieldApplying[]) => void;
  /** The rules that the app ends or replaces by itself. */
  readonly automaticRules: AutomaticRulesOfAccount;
  readonly onAutomaticRules: (all: readonly AutomaticRule[]) => void;
}

/** What Shield of an account takes. */
export interface ShieldPartsOptions extends ShieldSurroundings {
  readonly accountId: AccountId;
  readonly client: ApiClient;
  readonly monitor: Pick<AccountMonitor, 'snapshot'>;
  readonly record: Recorder;
  readonly watches: AccountWatches['watches'];
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly onBug: (cause: unknown) => void;
}

/** Shield of an account. */
export interface ShieldPartsOfAccount {
  /** Changes the rules of protected addresses. */
  readonly shield: ShieldChanges;
  /** Blocks single sources of traffic by it. */
  readonly blocks: SourceBlocks;
  /** Ends timed blocks and follows this computer's address, while the app runs. */
  readonly automaticRules: AutomaticRules;
}

/** Joins what changes firewalls: by hand, from the ranking of sources, and by the app itself. */
export function createShieldParts(options: ShieldPartsOptions): ShieldPartsOfAccount {
  const { accountId, client, monitor, record, watches, sshReach, endsAt, onNotices, onBug } = options;
  const ownerOf = (profile: Pick<ShieldIp, 'address' | 'instanceId'>) =>
    addressOwner(monitor.snapshot().instances, profile, sshReach);
  const onApplied = (ipId: ShieldIpId): void => {
    for (const key of [{ kind: 'shield-ip', ipId }, { kind: 'shield-ips' }] as const)
      watches.refreshAfterCurrent(key).catch(onBug);
  };
  const shared = {
    accountId,
    client,
    clock: systemClock,
    record,
    ownerOf,
    endsAt,
    onApplied,
    onNotices,
    onBug,
  };
  const shield = new ShieldChanges({
    ...shared,
    kept: options.shieldRuns,
    probe: options.probeSsh,
    onChange: options.onShieldChanges,
  });
  const blocks = new SourceBlocks({
    client,
    changes: shield,
    ownAddresses: () => ownAddresses(monitor.snapshot().instances),
    kept: options.storedBlocks,
    clock: systemClock,
  });
  const automaticRules = new AutomaticRules({
    ...shared,
    kept: options.automaticRules,
    newId: randomUUID,
    changes: shield,
    blocks,
    onChange: options.onAutomaticRules,
  });
  return { shield, blocks, automaticRules };
}
