import { isHost } from './host.ts';
import type { DnsCheck, WafApp, WafHostname } from './waf.ts';

/** Where the issuance of a certificate stands. */
export type CertificatePhase = 'pending' | 'issued' | 'failed' | 'unknown';

/** The reference names no states: the words of panels and of ACME for each. */
const phases: Readonly<Record<string, Exclude<CertificatePhase, 'unknown'>>> = {
  queued: 'pending',
  pending: 'pending',
  issuing: 'pending',
  processing: 'pending',
  provisioning: 'pending',
  validating: 'pending',
  pending_validation: 'pending',
  requested: 'pending',
  retrying: 'pending',
  active: 'issued',
  issued: 'issued',
  valid: 'issued',
  ready: 'issued',
  failed: 'failed',
  error: 'failed',
  invalid: 'failed',
  expired: 'failed',
};

/** What the API's word for a certificate means; `unknown` for a word that is not known, and for none. */
export function certificatePhase(sslStatus: string | null): CertificatePhase {
  const word =
    sslStatus
      ?.trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_') ?? '';
  return Object.hasOwn(phases, word) ? (phases[word] ?? 'unknown') : 'unknown';
}

/** What a hostname's CNAME may point to, by the hostname's own fields, or the application's where it has none. */
export function cnameTargets(
  app: Pick<WafApp, 'cnameCandidates'>,
  hostname: Pick<WafHostname, 'cnameCandidates'> | null,
): readonly string[] {
  const own = targetsOf(hostname?.cnameCandidates ?? []);
  return own.length > 0 ? own : targetsOf(app.cnameCandidates);
}

function targetsOf(candidates: WafApp['cnameCandidates']): readonly string[] {
  const names = candidates
    .map(({ value }) => value.trim().toLowerCase().replace(/\.$/, ''))
    .filter((name) => isHost(name) && name.includes('.'));
  return [...new Set(names)];
}

/** What DNS answers, as the rest of a sentence: "CNAME a.example.net", "203.0.113.9"; null where it answered nothing. */
export function dnsAnswerInWords({ chain, addresses }: Pick<DnsCheck, 'chain' | 'addresses'>): string | null {
  const parts = [...chain.map((name) => `CNAME ${name}`), ...addresses];
  return parts.length === 0 ? null : parts.join(', ');
}

/** What DNS says of a hostname, in one or two sentences. */
export function dnsCheckInWords(check: DnsCheck): string {
  const { outcome, kind, targets, isEndless } = check;
  const answered = dnsAnswerInWords(check);
  const wanted = targets.join(' or ');
  const should =
    kind === 'apex'
      ? `It should have the addresses of ${wanted} (ALIAS, ANAME or A records): a domain itself cannot be a CNAME.`
      : `It should be a CNAME of ${wanted}.`;
  switch (outcome) {
    case 'points':
      return check.by === 'address' && kind !== 'apex'
        ? 'It has the addresses of the WAF. A CNAME would follow when they change.'
        : 'It points to the WAF.';
    case 'points-elsewhere':
      return isEndless
        ? `Its CNAMEs lead nowhere: ${answered ?? 'they loop'}. ${should}`
        : `DNS answers ${answered ?? 'nothing'}. ${should}`;
    case 'not-found':
      return answered === null
        ? `DNS has no record of it. ${should}`
        : `DNS answers ${answered}, which has no address. ${should}`;
    case 'no-answer':
      return 'The DNS server did not answer, so nothing is known of it.';
    case 'no-target':
      return answered === null
        ? 'DNS has no record of it. Evorxa does not say what it should point to.'
        : `DNS answers ${answered}. Evorxa does not say what it should point to.`;
  }
}
