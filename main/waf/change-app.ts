import pLimit from 'p-limit';
import type { WafAppId } from '../../preload/contract/brands.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { WafApp } from '../../preload/contract/waf.ts';
import { isAnswerLost } from '../domain/index.ts';
import { checkDnsOf, readApp, refused, type WafParts } from './waf-parts.ts';

/** Names that are asked for at the same time. */
const dnsAtOnce = 4;
/** Names of an outage that are listed; the rest is counted. */
const listedAtMost = 3;

/** Turns the firewall of an application on or off, once. A lost answer is looked up. Errors: those of the API. */
export function setFirewall(
  { client, record }: Pick<WafParts, 'client' | 'record'>,
  { appId, isOn, name }: { readonly appId: WafAppId; readonly isOn: boolean; readonly name: string | null },
): Promise<Result<undefined>> {
  return record.run({ kind: isOn ? 'waf-firewall-on' : 'waf-firewall-off', name }, async () => {
    const sent = await client.request('waf.setFirewall', { path: { id: appId }, body: { enabled: isOn } });
    if (sent.ok) return ok(undefined);
    if (!isAnswerLost(sent.error)) return sent;
    const app = await readApp({ client }, appId);
    return app.ok && app.value.isFirewallOn === isOn ? ok(undefined) : sent;
  });
}

/**
 * Deletes an application with its hostnames, once. While names still point to the WAF it is refused unless
 * `acceptsOutage`. One that is gone already counts as deleted. Errors: `refused`, and those of the API.
 */
export function removeApp(
  parts: WafParts,
  {
    appId,
    acceptsOutage,
    name,
  }: { readonly appId: WafAppId; readonly acceptsOutage: boolean; readonly name: string | null },
): Promise<Result<undefined>> {
  const { client, record } = parts;
  return record.run({ kind: 'waf-app-deleted', name }, async () => {
    const app = await readApp(parts, appId);
    if (!app.ok) return app.error.kind === 'not-found' ? ok(undefined) : app;
    if (!acceptsOutage) {
      const pointing = await namesThatPoint(parts, app.value);
      if (pointing.length > 0) return refused(outageOf(pointing));
    }
    const sent = await client.request('waf.delete', { path: { id: appId } });
    if (sent.ok || sent.error.kind === 'not-found') return ok(undefined);
    if (!isAnswerLost(sent.error)) return sent;
    const after = await readApp(parts, appId);
    return !after.ok && after.error.kind === 'not-found' ? ok(undefined) : sent;
  });
}

/** The hostnames of an application whose DNS leads to the WAF now. */
async function namesThatPoint(parts: WafParts, app: WafApp): Promise<readonly string[]> {
  const inTurn = pLimit(dnsAtOnce);
  const checks = await Promise.all(
    app.hostnames.map((hostname) => inTurn(() => checkDnsOf(parts, app, hostname))),
  );
  return checks.flatMap((check) => (check?.outcome === 'points' ? check.hostname : []));
}

/** Says what an outage would be. */
export function outageOf(names: readonly string[]): string {
  const listed = names.slice(0, listedAtMost).map((name) => displayText(name, 80));
  const rest = names.length - listed.length;
  const subject = rest > 0 ? `${listed.join(', ')} and ${rest} more` : listed.join(', ');
  return names.length === 1
    ? `${subject} still points to the WAF: its visitors would get an error. Point it to the origin first.`
    : `${subject} still point to the WAF: their visitors would get an error. Point them to the origin first.`;
}
