import { formatWhole } from '../../preload/contract/format.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';

/** What one notification says of the notices that were held back. */
export interface HeldBackSummary {
  readonly title: string;
  readonly body: string;
}

/** Kinds of events in the body at most; the rest are counted. */
const maxKinds = 4;

/** Several notices of a kind, after their number; of these about instances each instance counts once. */
const manyWords: Readonly<Record<Notice['kind'], string>> = {
  provisioned: 'instances are ready',
  stopped: 'instances stopped',
  started: 'instances started',
  suspended: 'instances were suspended',
  failed: 'instances failed',
  'shutdown-ignored': 'instances did not shut down',
  gone: 'instances are gone',
  'low-balance': 'warnings of a low wallet',
  runway: 'warnings of renewals that cannot be paid',
  'renewal-unpaid': 'renewals cannot be paid',
  funded: 'wallets hold what was waited for',
  unreachable: 'times Evorxa did not answer',
  agent: 'answers of agents',
  threshold: 'alerts',
  'threshold-over': 'alerts ended',
  'certificate-issued': 'certificates were issued',
  'certificate-failed': 'certificates failed',
  'waf-changed': 'WAF apps changed',
  'waf-firewall-off': 'WAF apps had their firewall turned off',
  'firewall-reverted': 'firewall changes were taken back',
  'firewall-not-reverted': 'firewall changes could not be taken back',
  'automatic-rule': 'automatic rules changed',
  'automatic-rule-failed': 'automatic rules need attention',
  burst: 'times several instances changed',
};

/** Of these the newest about an instance says it all: one that stopped twice is one that stopped. */
const countsInstances: ReadonlySet<Notice['kind']> = new Set([
  ...(['provisioned', 'stopped', 'started', 'suspended', 'failed', 'shutdown-ignored', 'gone'] as const),
]);

/** One notification for all that came while notifications were off; null where nothing did. */
export function heldBackSummary(notices: readonly Notice[]): HeldBackSummary | null {
  if (notices.length === 0) return null;
  const groups = new Map<Notice['kind'], Map<string, Notice>>();
  for (const notice of notices) {
    const group = groups.get(notice.kind) ?? new Map<string, Notice>();
    const of = countsInstances.has(notice.kind) ? (notice.instanceId ?? notice.key) : notice.key;
    groups.set(notice.kind, group.set(of, notice));
  }
  const words = [...groups].map(([kind, group]) => {
    const [only, ...others] = group.values();
    return others.length === 0 && only !== undefined
      ? only.title
      : `${formatWhole(group.size)} ${manyWords[kind]}`;
  });
  const rest = [...groups.values()].slice(maxKinds).reduce((sum, group) => sum + group.size, 0);
  const shown = [...words.slice(0, maxKinds), ...(rest > 0 ? [`${formatWhole(rest)} more`] : [])];
  return { title: 'While notifications were off', body: `${shown.join(', ')}.` };
}
