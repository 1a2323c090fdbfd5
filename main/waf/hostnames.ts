import type { WafAppId, WafHostnameId } from '../../preload/contract/brands.ts';
import { formatDuration } from '../../preload/contract/format.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { WafApp, WafHostname } from '../../preload/contract/waf.ts';
import { certificatePhase, dnsCheckInWords } from '../../preload/contract/waf-words.ts';
import { isAnswerLost } from '../domain/index.ts';
import { readHostname } from '../hostnames/index.ts';
import { outageOf } from './change-app.ts';
import { ownerOf, takenBy } from './create-app.ts';
import { checkDnsOf, readApp, refused, type WafParts } from './waf-parts.ts';

/** Which hostname, and what it is called. */
export interface HostnameOf {
  readonly appId: WafAppId;
  readonly hostnameId: WafHostnameId;
  readonly name: string | null;
}

/** Adds a hostname, once; its certificate is queued. A lost answer is looked up. Errors: `refused`, and those of the API. */
export async function addHostname(
  parts: WafParts,
  { appId, hostname: text }: { readonly appId: WafAppId; readonly hostname: string },
): Promise<Result<undefined>> {
  const { client, record, certificates } = parts;
  const read = await readHostname(text);
  const name = read.ok ? read.value.unicode : text.trim();
  return record.run({ kind: 'waf-hostname-added', name }, async () => {
    if (!read.ok) return read;
    const { ascii } = read.value;
    const listed = await client.request('waf.list', {});
    if (!listed.ok && listed.error.kind !== 'forbidden') return listed;
    const owner = ownerOf(listed.ok ? listed.value.value : [], ascii);
    if (owner !== undefined) return refused(takenBy(owner, ascii));
    const sent = await client.request('waf.addHostname', { path: { id: appId }, body: { hostname: ascii } });
    if (!sent.ok) {
      if (!isAnswerLost(sent.error)) return sent;
      const app = await readApp(parts, appId);
      if (!app.ok || ownerOf([app.value], ascii) === undefined) return sent;
    }
    certificates.queued(appId);
    return ok(undefined);
  });
}

/**
 * Removes a hostname, once. While it still points to the WAF it is refused unless `acceptsOutage`. One that is gone already
 * counts as removed. Errors: `refused`, and those of the API.
 */
export function removeHostname(
  parts: WafParts,
  { appId, hostnameId, name, acceptsOutage }: HostnameOf & { readonly acceptsOutage: boolean },
): Promise<Result<undefined>> {
  const { client, record } = parts;
  return record.run({ kind: 'waf-hostname-removed', name }, async () => {
    const found = await find(parts, appId, hostnameId);
    if (!found.ok) return found;
    if (found.value === null) return ok(undefined);
    if (!acceptsOutage) {
      const check = await checkDnsOf(parts, found.value.app, found.value.hostname);
      if (check?.outcome === 'points') return refused(outageOf([check.hostname]));
    }
    const sent = await client.request('waf.deleteHostname', { path: { id: appId, hostnameId } });
    if (sent.ok || sent.error.kind === 'not-found') return ok(undefined);
    if (!isAnswerLost(sent.error)) return sent;
    const after = await find(parts, appId, hostnameId);
    return after.ok && after.value === null ? ok(undefined) : sent;
  });
}

/**
 * Requests a certificate again, once. Errors: `refused` while it is active or being issued, during the cool-down, and
 * where DNS shows that it would fail, unless `despiteDns`; and those of the API.
 */
export function retryCertificate(
  parts: WafParts,
  { appId, hostnameId, name, despiteDns }: HostnameOf & { readonly despiteDns: boolean },
): Promise<Result<undefined>> {
  const { client, record, certificates, clock } = parts;
  return record.run({ kind: 'waf-certificate-retried', name }, async () => {
    const retryAtMs = certificates.retryAtMs(appId, hostnameId);
    if (retryAtMs !== null) {
      const left = formatDuration(retryAtMs - clock.now());
      return refused(
        `It was requested a moment ago. Certificate authorities limit failed attempts: try again in ${left}.`,
      );
    }
    const found = await find(parts, appId, hostnameId);
    if (!found.ok) return found;
    if (found.value === null) return refused('This hostname is no longer in the app.');
    const { app, hostname } = found.value;
    const phase = certificatePhase(hostname.sslStatus);
    if (phase === 'issued') return refused('The certificate is active: there is nothing to retry.');
    if (phase === 'pending') return refused('The certificate is being issued already.');
    if (!despiteDns) {
      const check = await checkDnsOf(parts, app, hostname);
      if (check !== null && (check.outcome === 'points-elsewhere' || check.outcome === 'not-found'))
        return refused(`It would fail again. ${dnsCheckInWords(check)}`);
    }
    const sent = await client.request('waf.retrySsl', { path: { id: appId, hostnameId } });
    if (!sent.ok && !isAnswerLost(sent.error)) return sent;
    // Also where the answer was lost: it may have been taken.
    certificates.retried(appId, hostnameId, hostname.sslMessage);
    if (sent.ok) return ok(undefined);
    const after = await find(parts, appId, hostnameId);
    const isQueued =
      after.ok && after.value !== null && certificatePhase(after.value.hostname.sslStatus) === 'pending';
    return isQueued ? ok(undefined) : sent;
  });
}

/** A hostname as the server has it now; null where it or its application is gone. */
async function find(
  parts: Pick<WafParts, 'client'>,
  appId: WafAppId,
  hostnameId: WafHostnameId,
): Promise<Result<{ readonly app: WafApp; readonly hostname: WafHostname } | null>> {
  const app = await readApp(parts, appId);
  if (!app.ok) return app.error.kind === 'not-found' ? ok(null) : app;
  const hostname = app.value.hostnames.find(({ id }) => id === hostnameId);
  return ok(hostname === undefined ? null : { app: app.value, hostname });
}
