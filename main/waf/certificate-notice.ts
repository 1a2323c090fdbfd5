import type { AccountId } from '../../preload/contract/brands.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import { formatClock, formatDayTime, isSameDay } from '../../preload/contract/format.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { DnsCheck, WafHostname } from '../../preload/contract/waf.ts';
import { dnsCheckInWords } from '../../preload/contract/waf-words.ts';
import type { Certificate } from './certificate-store.ts';

/** How the issuance of a certificate ended. */
export interface CertificateEnd {
  readonly accountId: AccountId;
  readonly certificate: Certificate;
  readonly hostname: WafHostname;
  readonly phase: 'issued' | 'failed';
  /** What DNS answers now; null where it was not asked. */
  readonly dns: DnsCheck | null;
  readonly nowMs: number;
}

/** What is told when a certificate was issued or failed: since when, what DNS answers, and what it should answer. */
export function certificateNotice(end: CertificateEnd): Notice {
  const { accountId, certificate, hostname, phase, dns, nowMs } = end;
  const { appId, hostnameId, sinceMs } = certificate;
  const name = displayText(hostname.hostname ?? 'a hostname', 80);
  const since = isSameDay(sinceMs, nowMs) ? formatClock(sinceMs) : formatDayTime(sinceMs, nowMs);
  const reason = phase === 'failed' ? displayText(hostname.sslMessage ?? '', 160) : '';
  const body = [
    `Pending since ${since}.`,
    reason === '' || /[.!?]$/.test(reason) ? reason : `${reason}.`,
    dns === null ? '' : dnsCheckInWords(dns),
  ];
  return {
    key: `${accountId}/waf/${appId}/${hostnameId}/${phase}/${sinceMs}`,
    kind: phase === 'issued' ? 'certificate-issued' : 'certificate-failed',
    title: phase === 'issued' ? `The certificate of ${name} was issued` : `The certificate of ${name} failed`,
    body: body.filter((part) => part !== '').join(' '),
    instanceId: null,
    wafAppId: appId,
    atMs: nowMs,
  };
}
