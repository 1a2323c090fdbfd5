import { domainToUnicode } from 'node:url';
import type { WafHostnameId } from '../../preload/contract/brands.ts';
import { certificatePhase } from '../../preload/contract/waf-words.ts';
import type { FollowedWafApp, WafApp, WafHostname } from '../../preload/contract/waf.ts';
import type { Certificate } from './certificate-store.ts';

/**
 * How long after a retry the next one waits. An authority takes five failed validations of a name an hour (Let's Encrypt's
 * limit); a retry that comes sooner would spend them on the same error.
 */
export const retryPauseMs = 12 * 60_000;
/** An API may still say the old failure for a while after a retry was taken; one in other words is a new one. */
const staleFailureMs = 30_000;

/** What was seen of an application came to. */
export interface SeenApp {
  readonly certificates: readonly Certificate[];
  /** Those that ended just now, as they were. */
  readonly ended: readonly {
    readonly certificate: Certificate;
    readonly hostname: WafHostname;
    readonly phase: 'issued' | 'failed';
  }[];
}

/** What is known after an application was read: what is being issued is followed, what ended is news once. */
export function seeApp(known: readonly Certificate[], app: WafApp, nowMs: number): SeenApp {
  const ended: SeenApp['ended'][number][] = [];
  const own = app.hostnames.flatMap((hostname): readonly Certificate[] => {
    const before = find(known, app, hostname.id);
    const phase = certificatePhase(hostname.sslStatus);
    if (phase === 'pending') {
      const begun = before?.isPending === true ? before.sinceMs : nowMs;
      return [
        {
          appId: app.id,
          hostnameId: hostname.id,
          isPending: true,
          isSeen: true,
          sinceMs: begun,
          retriedAtMs: before?.retriedAtMs ?? null,
        },
      ];
    }
    if (before === undefined) return [];
    const isStale =
      phase === 'failed' &&
      !before.isSeen &&
      nowMs - before.sinceMs < staleFailureMs &&
      (before.failure === undefined || hostname.sslMessage === before.failure);
    if (before.isPending && isStale) return [before];
    if (before.isPending && phase !== 'unknown') ended.push({ certificate: before, hostname, phase });
    const after = { ...before, isPending: false };
    return retryAtMs(after, nowMs) === null ? [] : [after];
  });
  const others = known.filter(
    (each) => each.appId !== app.id && (each.isPending || retryAtMs(each, nowMs) !== null),
  );
  return { certificates: [...others, ...own], ended };
}

/** What is known after a certificate was requested again; `failure`: what the API said of it until then. */
export function noteRetry(
  known: readonly Certificate[],
  { appId, hostnameId, failure }: Pick<Certificate, 'appId' | 'hostnameId' | 'failure'>,
  nowMs: number,
): readonly Certificate[] {
  return [
    ...known.filter((each) => each.appId !== appId || each.hostnameId !== hostnameId),
    { appId, hostnameId, isPending: true, isSeen: false, sinceMs: nowMs, retriedAtMs: nowMs, failure },
  ];
}

/** From when a certificate can be requested again; null: now. */
export function retryAtMs(certificate: Certificate | undefined, nowMs: number): number | null {
  const retriedAtMs = certificate?.retriedAtMs ?? null;
  if (retriedAtMs === null) return null;
  const atMs = retriedAtMs + retryPauseMs;
  // A clock that was set back must not shut it for longer.
  return atMs > nowMs && atMs <= nowMs + retryPauseMs ? atMs : null;
}

/** An application with what is known of its certificates. */
export function withCertificates(known: readonly Certificate[], app: WafApp, nowMs: number): FollowedWafApp {
  return {
    ...app,
    hostnames: app.hostnames.map((hostname) => {
      const certificate = find(known, app, hostname.id);
      return {
        ...hostname,
        unicode: inUnicode(hostname.hostname),
        pendingSinceMs: certificate?.isPending === true ? certificate.sinceMs : null,
        retryAtMs: retryAtMs(certificate, nowMs),
      };
    }),
  };
}

function find(
  known: readonly Certificate[],
  { id }: Pick<WafApp, 'id'>,
  wanted: WafHostnameId,
): Certificate | undefined {
  return known.find(({ appId, hostnameId }) => appId === id && hostnameId === wanted);
}

/** Null where it is the same in ASCII, or none that can be written so. */
function inUnicode(hostname: string | null): string | null {
  if (hostname?.includes('xn--') !== true) return null;
  const prefix = hostname.startsWith('*.') ? '*.' : '';
  const unicode = domainToUnicode(hostname.slice(prefix.length));
  return unicode === '' || prefix + unicode === hostname ? null : prefix + unicode;
}
