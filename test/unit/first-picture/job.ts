import type { AccountId, Cents, InstanceId, ProjectId } from '../../../preload/contract/brands.ts';
import type { PictureJob } from '../../../preload/contract/first-picture.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { sameLocale } from '../../../preload/contract/locales.ts';
import { defaultSettings } from '../../../main/settings/settings.ts';

export const ada = 'ada' as AccountId;

const allowed = { allowed: true } as const;

/** An instance that runs. */
export function instance(id: string, name = id): Instance {
  return {
    id: id as InstanceId,
    name,
    hostname: `${id}.example.net`,
    status: 'running',
    state: { kind: 'running', word: 'Running', detail: null, sinceMs: null },
    planSlug: 'x-small',
    planName: 'X Small',
    vcpu: 1,
    ramGb: 2,
    storageGb: 20,
    mainIp: '192.0.2.1',
    addresses: ['192.0.2.1'],
    projectId: 'p1' as ProjectId,
    osName: 'Debian 13',
    billedTillMs: Date.UTC(2026, 11, 24),
    monthlyCents: 500 as Cents,
    power: { boot: allowed, shutdown: allowed, restart: allowed, poweroff: allowed },
    lifecycle: {
      upgrade: allowed,
      reinstall: allowed,
      'reset-password': allowed,
      delete: allowed,
      'cancel-deletion': allowed,
      reactivate: allowed,
    },
    isShutdownIgnored: false,
    isRebootPending: false,
  };
}

/** A picture of these instances. */
export function jobOf(instances: readonly Instance[]): PictureJob {
  return {
    answers: {
      accounts: {
        phase: 'loading',
        currentId: ada,
        accounts: [
          {
            id: ada,
            kind: 'token',
            name: 'Ada',
            email: null,
            apiUrl: 'https://api.evorxa.com/api',
            storage: 'keychain',
            tokenId: null,
            access: 'unavailable',
            writeToken: null,
            projects: [{ id: 'p1' as ProjectId, name: 'Default' }],
            onboarded: true,
          },
        ],
      },
      settings: defaultSettings,
      snapshot: {
        kind: 'full',
        snapshot: {
          accountId: ada,
          revision: 0,
          apiStatus: 'starting',
          instances,
          instancesFreshness: { checkedAtMs: Date.UTC(2026, 10, 30, 8), error: null },
          instancesGaps: null,
          balanceCents: 1234 as Cents,
          walletFreshness: { checkedAtMs: Date.UTC(2026, 10, 30, 8), error: null },
          runway: null,
          missingAbilities: [],
        },
      },
    },
    listSize: { widthPx: 1040, heightPx: 600 },
    locales: sameLocale('en-GB'),
  };
}
