import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { FollowedWafApp } from '../../preload/contract/waf.ts';
import type { Recorder } from '../activity/index.ts';
import type { ApiClient } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import type { DnsResolver } from '../dns/index.ts';
import type { AccountMonitor, AccountWatches, AccountWatchesOptions } from '../monitor/index.ts';
import {
  CertificateFollower,
  checkDnsOf,
  createWaf,
  WafWatcher,
  type CertificateFollowerOptions,
  type Waf,
} from '../waf/index.ts';

/** What the WAF of an account takes. */
export interface WafPartsOptions {
  readonly accountId: AccountId;
  readonly client: ApiClient;
  readonly monitor: AccountMonitor;
  readonly record: Recorder;
  readonly resolver: DnsResolver;
  /** What is known of the account's certificates, kept from run to run. */
  readonly storedCertificates: CertificateFollowerOptions['kept'];
  /** The account's API is on this machine. */
  readonly isLocal: boolean;
  /** What is watched of the account; it is made of these parts, and there once something is read. */
  readonly watches: () => AccountWatches['watches'];
  /** An application was read past what is watched. */
  readonly onApp: (app: FollowedWafApp) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** What of the apps needs attention became another. */
  readonly onAttention: () => void;
  readonly onBug: (cause: unknown) => void;
}

/** The WAF of an account. */
export interface WafPartsOfAccount extends Pick<AccountWatchesOptions, 'sawWafApp' | 'sawWafApps'> {
  readonly waf: Waf;
  readonly certificates: CertificateFollower;
  readonly wafWatcher: WafWatcher;
}

/** Joins what is done with WAF apps, what follows their certificates and what sees their changes. */
export function createWafParts(options: WafPartsOptions): WafPartsOfAccount {
  const { accountId, client, monitor, record, resolver, watches, onNotices, onBug } = options;
  const { context, heard: onHeard } = monitor;
  const certificates = new CertificateFollower({
    accountId,
    context,
    client,
    kept: options.storedCertificates,
    checkDns: (app, hostname) => checkDnsOf({ resolver, clock: systemClock }, app, hostname),
    onRead: (app) => wafWatcher.sawApp(app),
    onApp: options.onApp,
    onNotices,
    onHeard,
  });
  const wafWatcher: WafWatcher = new WafWatcher({
    accountId,
    context,
    client,
    missingAbilities: () => monitor.snapshot().missingAbilities,
    isListWatched: () => watches().isWatched({ kind: 'waf-apps' }),
    isAppWatched: (appId) => watches().isWatched({ kind: 'waf-app', appId }),
    isFollowed: (appId, hostnameId) => certificates.isFollowing(appId, hostnameId),
    onApps: (apps) => apps.forEach((app) => certificates.saw(app)),
    onNotices,
    onAttention: options.onAttention,
    onHeard,
  });
  const waf = createWaf({
    client,
    record,
    clock: systemClock,
    resolver,
    certificates,
    addressOf: (id: InstanceId) =>
      monitor.snapshot().instances.find((instance) => instance.id === id)?.mainIp ?? null,
    isLocal: options.isLocal,
    known: (appId) =>
      watches().known({ kind: 'waf-app', appId }) ??
      watches()
        .known({ kind: 'waf-apps' })
        ?.find(({ id }) => id === appId) ??
      null,
    expect: (change) => wafWatcher.expect(change),
    onBug,
  });
  return {
    waf,
    certificates,
    wafWatcher,
    // The changes are looked at first: a certificate that was followed until now is told by who followed it.
    sawWafApp: (app) => {
      wafWatcher.sawApp(app);
      return certificates.saw(app);
    },
    sawWafApps: (apps, isWhole) => {
      wafWatcher.sawList(apps, isWhole);
      return apps.map((app) => certificates.saw(app));
    },
  };
}
