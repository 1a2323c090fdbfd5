import type { WafAppId } from '../../preload/contract/brands.ts';
import type { WafApp, WafHostname } from '../../preload/contract/waf.ts';
import { certificatePhase } from '../../preload/contract/waf-words.ts';

/** An account's WAF apps as they were read last. */
export interface WafReading {
  readonly apps: readonly WafApp[];
  /** All of them were in a list once: one that is not among these is new. */
  readonly isWhole: boolean;
}

/** What became another between two readings of WAF apps, with the app as it is after it, or was before it went. */
export type WafChange =
  | {
      readonly kind: 'app-created' | 'app-deleted' | 'firewall-on' | 'firewall-off';
      readonly app: WafApp;
    }
  | {
      readonly kind: 'hostname-added' | 'hostname-removed' | 'certificate-issued' | 'certificate-failed';
      readonly app: WafApp;
      readonly hostname: WafHostname;
    };

/** What is known after a list was read. What a list leaves out of an app is as it was; so are the apps behind a cut one. */
export function afterWafList(
  before: WafReading | null,
  rows: readonly WafApp[],
  isWhole: boolean,
): WafReading {
  const known = new Map(before?.apps.map((app) => [app.id, app]));
  const read = rows.map((row) => {
    const app = known.get(row.id);
    // A list may be without the hostnames of its apps.
    return withKnown(
      app,
      row.hostnames.length === 0 && app !== undefined ? { ...row, hostnames: app.hostnames } : row,
    );
  });
  const seen = new Set(rows.map(({ id }) => id));
  const unseen = isWhole ? [] : (before?.apps.filter(({ id }) => !seen.has(id)) ?? []);
  return { apps: [...read, ...unseen], isWhole: isWhole || before?.isWhole === true };
}

/** What is known after one app was read by itself; one that no list had is left to the next list. */
export function afterWafApp(before: WafReading, app: WafApp): WafReading {
  return { ...before, apps: before.apps.map((each) => (each.id === app.id ? withKnown(each, app) : each)) };
}

/** An app with what is known of it where an answer does not say it. */
function withKnown(known: WafApp | undefined, app: WafApp): WafApp {
  if (known === undefined) return app;
  const before = byName(known);
  return {
    ...app,
    isFirewallOn: app.isFirewallOn ?? known.isFirewallOn,
    hostnames: app.hostnames.map((hostname) => ({
      ...hostname,
      sslStatus: hostname.sslStatus ?? before.get(nameOf(hostname))?.sslStatus ?? null,
    })),
  };
}

/**
 * What changed between two readings. A certificate that was being issued before is not among it: it is followed, and its
 * end is told by who follows it.
 */
export function wafChanges(before: WafReading, after: WafReading): readonly WafChange[] {
  const known = new Map(before.apps.map((app) => [app.id, app]));
  const left = new Set(after.apps.map(({ id }) => id));
  const gone = before.apps.filter(({ id }) => !left.has(id));
  return [
    ...after.apps.flatMap((app): readonly WafChange[] => {
      const was = known.get(app.id);
      if (was !== undefined) return appChanges(was, app);
      return before.isWhole ? [{ kind: 'app-created', app }] : [];
    }),
    ...gone.map((app): WafChange => ({ kind: 'app-deleted', app })),
  ];
}

function appChanges(before: WafApp, app: WafApp): readonly WafChange[] {
  if (before === app) return [];
  const changes: WafChange[] = [];
  if (app.isFirewallOn !== null && before.isFirewallOn !== null && app.isFirewallOn !== before.isFirewallOn)
    changes.push({ kind: app.isFirewallOn ? 'firewall-on' : 'firewall-off', app });
  const [known, now] = [byName(before), byName(app)];
  for (const [name, hostname] of now) {
    const was = known.get(name);
    if (was === undefined) {
      changes.push({ kind: 'hostname-added', app, hostname });
      continue;
    }
    const [from, to] = [certificatePhase(was.sslStatus), certificatePhase(hostname.sslStatus)];
    if (from === 'issued' && to === 'failed') changes.push({ kind: 'certificate-failed', app, hostname });
    if (from === 'failed' && to === 'issued') changes.push({ kind: 'certificate-issued', app, hostname });
  }
  for (const [name, hostname] of known)
    if (!now.has(name)) changes.push({ kind: 'hostname-removed', app, hostname });
  return changes;
}

/** Hostnames by what they are called everywhere: their ids are not the same in each answer. */
function byName({ hostnames }: WafApp): ReadonlyMap<string, WafHostname> {
  return new Map(hostnames.map((hostname) => [nameOf(hostname), hostname]));
}

function nameOf({ hostname, id }: WafHostname): string {
  return hostname ?? id;
}

/** What of a WAF app the user has to do something about. */
export interface WafAttention {
  readonly appId: WafAppId;
  readonly name: string;
  /** Its certificates that failed. */
  readonly failedCertificates: number;
  /** Its firewall was turned off, and not from this app. */
  readonly isTurnedOff: boolean;
}

/** The WAF apps that need attention; `turnedOff`: those whose firewall was turned off elsewhere. */
export function wafAttention(
  apps: readonly WafApp[],
  turnedOff: ReadonlySet<WafAppId>,
): readonly WafAttention[] {
  return apps
    .map(({ id, name, hostnames }) => ({
      appId: id,
      name,
      failedCertificates: hostnames.filter(({ sslStatus }) => certificatePhase(sslStatus) === 'failed')
        .length,
      isTurnedOff: turnedOff.has(id),
    }))
    .filter(({ failedCertificates, isTurnedOff }) => failedCertificates > 0 || isTurnedOff);
}
