import type { InstanceId, WafAppId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { DnsCheck, WafApp, WafHostname } from '../../preload/contract/waf.ts';
import { cnameTargets } from '../../preload/contract/waf-words.ts';
import type { Recorder } from '../activity/index.ts';
import type { ApiClient } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import { checkHostname, type DnsResolver } from '../dns/index.ts';
import { hostnameKind } from '../hostnames/index.ts';
import type { CertificateFollower } from './certificate-follower.ts';

/** What the use cases of WAF applications need of an account. */
export interface WafParts {
  readonly client: Pick<ApiClient, 'request'>;
  /** Where it is recorded what an action came to. */
  readonly record: Pick<Recorder, 'run'>;
  readonly clock: Clock;
  readonly resolver: DnsResolver;
  readonly certificates: Pick<CertificateFollower, 'queued' | 'retried' | 'retryAtMs'>;
  /** The main address of an instance; null where it has none or is not in the list. */
  readonly addressOf: (instanceId: InstanceId) => string | null;
  /** The account's API is on this machine: so may its origins be. */
  readonly isLocal: boolean;
}

/** A refusal in words. */
export function refused(message: string): Result<never> {
  return fail({ kind: 'refused', message });
}

/** An application as the server has it now. */
export async function readApp(
  { client }: Pick<WafParts, 'client'>,
  appId: WafAppId,
): Promise<Result<WafApp, ApiError>> {
  const answer = await client.request('waf.get', { path: { id: appId } });
  return answer.ok ? { ok: true, value: answer.value.value } : answer;
}

/** What DNS answers for a hostname of an application; null for one that could not be read. */
export async function checkDnsOf(
  { resolver, clock }: Pick<WafParts, 'resolver' | 'clock'>,
  app: Pick<WafApp, 'cnameCandidates'>,
  hostname: Pick<WafHostname, 'hostname' | 'cnameCandidates'>,
): Promise<DnsCheck | null> {
  const { hostname: name } = hostname;
  if (name === null) return null;
  const question = { hostname: name, kind: await hostnameKind(name), targets: cnameTargets(app, hostname) };
  return checkHostname(resolver, question, () => clock.now());
}
