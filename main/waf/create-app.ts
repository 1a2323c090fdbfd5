import { canonicalAddress, isReachable } from '../../preload/contract/address.ts';
import type { WafAppId } from '../../preload/contract/brands.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { WafApp, WafOrigin } from '../../preload/contract/waf.ts';
import { wait } from '../api/index.ts';
import { isAnswerLost } from '../domain/index.ts';
import { readHostname } from '../hostnames/index.ts';
import { refused, type WafParts } from './waf-parts.ts';

/** An application as a person wants it. */
export interface NewWafApp {
  readonly name: string;
  readonly origin: WafOrigin;
  /** Null: 80 and 443. */
  readonly originPort: number | null;
  readonly hostname: string;
}

/** What became of it. */
export interface CreatedWafApp {
  /** Null where it is not known which one it is. */
  readonly appId: WafAppId | null;
  /** The answer was lost; with an id it was found in the list. */
  readonly wasLost: boolean;
}

/** When the list is read again after a lost answer: a list may be a while behind. */
const readAgainAfterMs = [0, 2_000, 5_000] as const;

/**
 * Creates an application, once. What stands in the way is refused before anything is sent. Where the answer is lost or
 * cannot be read, the list is compared with the one before. Errors: `refused` with the reason, and those of the API.
 */
export function createApp(parts: WafParts, wanted: NewWafApp): Promise<Result<CreatedWafApp>> {
  return parts.record.run(
    { kind: 'waf-app-created', name: wanted.name },
    () => send(parts, wanted),
    ({ appId, wasLost }) => ({ outcome: wasLost && appId === null ? 'unknown' : 'done' }),
  );
}

async function send(parts: WafParts, wanted: NewWafApp): Promise<Result<CreatedWafApp>> {
  const { client, certificates } = parts;
  const hostname = await readHostname(wanted.hostname);
  if (!hostname.ok) return hostname;
  const origin = originAddress(parts, wanted.origin);
  if (!origin.ok) return origin;
  const listed = await client.request('waf.list', {});
  // A token that may create and not list can still create; a lost answer is then not looked up.
  if (!listed.ok && listed.error.kind !== 'forbidden') return listed;
  const before = listed.ok ? listed.value.value : [];
  const { ascii } = hostname.value;
  const owner = ownerOf(before, ascii);
  if (owner !== undefined) return refused(takenBy(owner, ascii));

  const sent = await client.request('waf.create', {
    body: {
      name: wanted.name,
      origin_ip: origin.value,
      hostname: ascii,
      // Left out, Evorxa takes 80 and 443.
      ...(wanted.originPort === null ? {} : { origin_port: wanted.originPort }),
    },
  });
  if (!sent.ok && !isAnswerLost(sent.error)) return sent;
  const made = sent.ok ? sent.value.value.app : null;
  const asked = { name: wanted.name, originIp: origin.value, hostname: ascii };
  const appId = made?.id ?? (listed.ok ? await findNew(parts, before, asked) : null);
  if (appId !== null) certificates.queued(appId);
  return ok({ appId, wasLost: !sent.ok });
}

/** Looks in the list for the application that was not in it before and is as it was asked for. */
async function findNew(
  { client, clock }: Pick<WafParts, 'client' | 'clock'>,
  before: readonly WafApp[],
  asked: { readonly name: string; readonly originIp: string; readonly hostname: string },
): Promise<WafAppId | null> {
  const known = new Set(before.map(({ id }) => id));
  const never = new AbortController().signal;
  for (const delayMs of readAgainAfterMs) {
    if (delayMs > 0) await wait(clock, delayMs, never);
    const listed = await client.request('waf.list', {});
    const found = listed.ok
      ? listed.value.value.find((app) => !known.has(app.id) && isAs(app, asked))
      : undefined;
    if (found !== undefined) return found.id;
  }
  return null;
}

function isAs(
  app: WafApp,
  asked: { readonly name: string; readonly originIp: string; readonly hostname: string },
): boolean {
  return (
    app.originIp === asked.originIp &&
    displayText(app.name, 255) === displayText(asked.name, 255) &&
    app.hostnames.some(({ hostname }) => hostname === asked.hostname)
  );
}

/** The application that has a hostname already. */
export function ownerOf(apps: readonly WafApp[], hostname: string): WafApp | undefined {
  return apps.find(({ hostnames }) => hostnames.some((each) => each.hostname === hostname));
}

/** Says that a hostname cannot be added twice. */
export function takenBy({ name }: WafApp, hostname: string): string {
  return `${hostname} already belongs to the WAF app “${displayText(name)}”.`;
}

/** The address that the WAF is to send traffic to: it has to reach it. */
function originAddress(
  { addressOf, isLocal }: Pick<WafParts, 'addressOf' | 'isLocal'>,
  origin: WafOrigin,
): Result<string> {
  if ('instanceId' in origin) {
    const address = addressOf(origin.instanceId);
    return address === null ? refused('This instance has no address yet.') : ok(address);
  }
  const address = /[/%]/.test(origin.ip) ? null : canonicalAddress(origin.ip);
  if (address === null) return refused('The origin is an IP address, such as 203.0.113.5.');
  if (!isReachable(address) && !isLocal)
    return refused(`${address} is a private address: the WAF cannot reach it.`);
  return ok(address);
}
