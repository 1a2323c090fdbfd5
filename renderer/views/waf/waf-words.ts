import type { InstanceId } from '../../../preload/contract/brands.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import { formatRelative, formatWhole } from '../../../preload/contract/format.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type {
  DnsCheck,
  FollowedHostname,
  FollowedWafApp,
  HostnameKind,
  OriginAnswer,
  OriginCheck,
} from '../../../preload/contract/waf.ts';
import { certificatePhase, type CertificatePhase } from '../../../preload/contract/waf-words.ts';
import type { Tone } from '../../components/tone.ts';

/** A word with its colour. */
export interface Said {
  readonly words: string;
  readonly tone: Tone;
}

const phaseTones: Readonly<Record<CertificatePhase, Tone>> = {
  issued: 'ok',
  pending: 'busy',
  failed: 'bad',
  unknown: 'neutral',
};

/** A certificate as a badge says it: in the API's own word. */
export function certificateSaid({ sslStatus }: Pick<FollowedHostname, 'sslStatus'>): Said {
  const phase = certificatePhase(sslStatus);
  return { words: displayText(sslStatus ?? '', 30) || 'unknown', tone: phaseTones[phase] };
}

const phaseWords: Readonly<Record<CertificatePhase, string>> = {
  failed: 'failed',
  pending: 'pending',
  issued: 'active',
  unknown: 'unknown',
};

/** The certificates of an application, the worst first: "1 failed", "2 active". */
export function certificatesSaid({ hostnames }: Pick<FollowedWafApp, 'hostnames'>): readonly Said[] {
  const phases = hostnames.map(({ sslStatus }) => certificatePhase(sslStatus));
  return (['failed', 'pending', 'unknown', 'issued'] as const).flatMap((phase) => {
    const count = phases.filter((each) => each === phase).length;
    return count === 0
      ? []
      : [{ words: `${formatWhole(count)} ${phaseWords[phase]}`, tone: phaseTones[phase] }];
  });
}

/** The firewall of an application. */
export function firewallSaid({ isFirewallOn }: Pick<FollowedWafApp, 'isFirewallOn'>): Said {
  if (isFirewallOn === null) return { words: 'Firewall unknown', tone: 'neutral' };
  return isFirewallOn ? { words: 'Firewall on', tone: 'ok' } : { words: 'Firewall off', tone: 'warn' };
}

/** What DNS says of a name, as a tone. */
export function dnsTone({ outcome }: Pick<DnsCheck, 'outcome'>): Tone {
  switch (outcome) {
    case 'points':
      return 'ok';
    case 'points-elsewhere':
    case 'not-found':
      return 'warn';
    case 'no-answer':
    case 'no-target':
      return 'neutral';
  }
}

/** The first hostname, and how many more there are. */
export function hostnamesInWords({ hostnames }: Pick<FollowedWafApp, 'hostnames'>): string {
  const [first] = hostnames;
  if (first === undefined) return 'No hostname';
  const name = hostnameShown(first);
  return hostnames.length === 1 ? name : `${name} and ${formatWhole(hostnames.length - 1)} more`;
}

/** A hostname as it is drawn. */
export function hostnameShown({ hostname }: Pick<FollowedHostname, 'hostname'>): string {
  return hostname ?? 'not readable';
}

/** The port of an origin: 80 and 443 where none is set. */
export function portInWords(port: number | null): string {
  return port === null ? '80 and 443' : String(port);
}

/** The instance that has an address; null where none is known. */
export function instanceAt(instances: readonly Instance[], address: string | null): Instance | null {
  if (address === null) return null;
  return instances.find(({ mainIp, addresses }) => mainIp === address || addresses.includes(address)) ?? null;
}

/** The applications whose origin is one of an instance's addresses. */
export function appsOf(
  apps: readonly FollowedWafApp[],
  { mainIp, addresses }: Pick<Instance, 'mainIp' | 'addresses'>,
): readonly FollowedWafApp[] {
  return apps.filter(
    ({ originIp }) => originIp !== null && (originIp === mainIp || addresses.includes(originIp)),
  );
}

/** Why a certificate cannot be requested again now; null where it can. */
export function retryBlocked(
  { sslStatus, retryAtMs }: Pick<FollowedHostname, 'sslStatus' | 'retryAtMs'>,
  nowMs: number,
): string | null {
  if (certificatePhase(sslStatus) === 'pending') return 'It is being issued';
  if (retryAtMs === null || retryAtMs <= nowMs) return null;
  return `It was requested a moment ago: try again ${formatRelative(retryAtMs, nowMs)}`;
}

/** What to know of a hostname before it is added, by where it stands in its domain; null where there is nothing. */
export function kindNote(kind: HostnameKind): string | null {
  switch (kind) {
    case 'apex':
      return 'A domain itself cannot be a CNAME: use ALIAS or ANAME at your DNS provider, or A and AAAA records.';
    case 'wildcard':
      return 'The API does not promise wildcards: Evorxa may refuse it. Then add each name by itself.';
    case 'subdomain':
      return null;
  }
}

/** A port of an origin as it answered. */
export function originAnswerInWords({ port, protocol, outcome, status }: OriginAnswer): string {
  switch (outcome) {
    case 'answers':
      return `Port ${port} answers (${protocol.toUpperCase()}, status ${status ?? 'unknown'}).`;
    case 'open':
      return `Port ${port} is open and does not answer in ${protocol.toUpperCase()}.`;
    case 'refused':
      return `Port ${port} is closed.`;
    case 'silent':
      return `Port ${port} does not answer.`;
  }
}

/** Whether an origin can be reached past the WAF, as a heading. */
export function originVerdict({ answers }: Pick<OriginCheck, 'answers'>): Said {
  if (answers.some(({ outcome }) => outcome === 'answers'))
    return { words: 'The origin answers past the WAF.', tone: 'warn' };
  if (answers.some(({ outcome }) => outcome === 'open'))
    return { words: 'A port of the origin is open.', tone: 'warn' };
  return { words: 'The origin does not answer this computer.', tone: 'ok' };
}

/** What is offered as the origin: each instance with an address, by its name. */
export function originChoices(
  instances: readonly Instance[],
  nameOf: (id: InstanceId) => string | null,
): readonly { readonly value: string; readonly label: string }[] {
  return instances
    .filter(({ mainIp }) => mainIp !== null)
    .map(({ id, mainIp }) => ({ value: id, label: `${nameOf(id) ?? id}  ${mainIp ?? ''}` }));
}
