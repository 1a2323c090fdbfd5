import type { AccountId, Cents } from '../../preload/contract/brands.ts';
import type { Instance, InstanceState, StateKind } from '../../preload/contract/instance.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { Change } from './changes.ts';
import { failureInWords } from '../../preload/contract/state-words.ts';
import { displayName, displayText } from '../../preload/contract/display-text.ts';
import { formatCents, formatClock, formatWhole } from '../../preload/contract/format.ts';
import { assertNever } from '../../preload/contract/result.ts';
import type { SshProbe } from '../../preload/contract/create.ts';
import type { SettledChange } from './settle.ts';
import { statusOf } from './status-words.ts';

/** What a notice has to know besides the changes. */
export interface NoticeContext {
  readonly accountId: AccountId;
  readonly nowMs: number;
  /** The user asked for this outcome here, so that it is no news. */
  readonly isOwn: (instance: Instance, kind: StateKind) => boolean;
}

/** More notices than this from one poll become one that counts. */
const maxAtOnce = 3;

/** What is worth telling of changes that settled, one notice each. Nothing that the user asked for here. */
export function stateNotices(settled: readonly SettledChange[], context: NoticeContext): readonly Notice[] {
  return settled.flatMap((change) => stateNotice(change, context) ?? []);
}

function stateNotice({ from, instance }: SettledChange, context: NoticeContext): Notice | null {
  const { state } = instance;
  const name = displayName(instance);
  const since = state.sinceMs === null ? '' : ` Since ${formatClock(state.sinceMs)}.`;
  const notice = (kind: Notice['kind'], title: string, body: string): Notice => ({
    key: `${context.accountId}/${instance.id}/${kind}/${state.sinceMs ?? context.nowMs}`,
    kind,
    title,
    body,
    instanceId: instance.id,
    atMs: context.nowMs,
  });
  switch (state.kind) {
    case 'running':
      if (from === null || isBuilding(from))
        return notice('provisioned', `${name} is ready`, readyBody(instance));
      if (from.kind === 'deletion' || from.kind === 'unknown' || context.isOwn(instance, 'running'))
        return null;
      return notice('started', `${name} is running`, `It was ${wordOf(from)} before.${since}`);
    case 'stopped':
      if (from === null || context.isOwn(instance, 'stopped')) return null;
      return notice('stopped', `${name} stopped`, `This app did not ask for it. It is still billed.${since}`);
    case 'suspended':
      if (from === null) return null;
      return notice('suspended', `${name} is suspended`, `Reactivate it under Plan & system.${since}`);
    case 'failed':
      return notice(
        'failed',
        `${name} failed`,
        `${failureInWords(instance)} Reinstall or delete it under Plan & system.${since}`,
      );
    case 'deletion':
    case 'transition':
    case 'unknown':
      return null;
  }
}

/** What the notice of an instance that has just been built says while nobody has tried its SSH port. */
function readyBody(instance: Instance): string {
  return instance.mainIp === null ? 'It is running.' : `It is running at ${displayText(instance.mainIp)}.`;
}

/** The notice of a new instance once SSH was tried, with what was found. */
export function withReachability(notice: Notice, found: SshProbe): Notice {
  switch (found.kind) {
    case 'answers':
      return { ...notice, body: `It answers on SSH at ${displayText(found.address)}.` };
    case 'not-ssh':
      return {
        ...notice,
        body: `${notice.body} Its SSH port accepts connections but did not answer as SSH.`,
      };
    case 'refuses':
      return {
        ...notice,
        body: `${notice.body} Its SSH server refuses connections from this address for now.`,
      };
    case 'silent':
      return { ...notice, body: `${notice.body} It does not answer on SSH yet.` };
    default:
      return assertNever(found);
  }
}

/** Instances that the API confirmed to be gone. */
export function goneNotices(found: readonly Change[], context: NoticeContext): readonly Notice[] {
  const those = found.filter((change) => change.kind === 'gone');
  return those.map(({ instance }) => {
    const isOwn = context.isOwn(instance, 'deletion');
    return {
      key: `${context.accountId}/${instance.id}/gone`,
      kind: 'gone' as const,
      title: `${displayName(instance)} ${isOwn ? 'was deleted' : 'is gone'}`,
      body: isOwn ? 'Evorxa confirms it: it is no longer in the account.' : 'It is no longer in the account.',
      instanceId: instance.id,
      atMs: context.nowMs,
    };
  });
}

/** Instances that were asked to shut down here, and run on. */
export function ignoredNotices(found: readonly Change[], context: NoticeContext): readonly Notice[] {
  const those = found.filter((change) => change.kind === 'shutdown-ignored');
  return those.map(({ instance }) => {
    return {
      key: `${context.accountId}/${instance.id}/shutdown-ignored/${context.nowMs}`,
      kind: 'shutdown-ignored' as const,
      title: `${displayName(instance)} still runs`,
      body: 'It was asked to shut down. Power off stops it at once, as if the plug were pulled: unsaved data is lost.',
      instanceId: instance.id,
      atMs: context.nowMs,
    };
  });
}

/** Three notices are read; more are counted: one that says how many and what. */
export function joinBurst(notices: readonly Notice[], context: NoticeContext): readonly Notice[] {
  if (notices.length <= maxAtOnce) return notices;
  const counts = new Map<Notice['kind'], number>();
  for (const { kind } of notices) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [
    {
      key: `${context.accountId}/burst/${context.nowMs}`,
      kind: 'burst',
      title: `${formatWhole(notices.length)} instances changed state`,
      body: `${[...counts].map(([kind, count]) => `${formatWhole(count)} ${burstWords[kind]}`).join(', ')}.`,
      instanceId: null,
      atMs: context.nowMs,
    },
  ];
}

const burstWords: Readonly<Record<Notice['kind'], string>> = {
  provisioned: 'ready',
  stopped: 'stopped',
  started: 'running',
  suspended: 'suspended',
  failed: 'failed',
  'shutdown-ignored': 'still running',
  gone: 'gone',
  'low-balance': 'low',
  runway: 'short of money',
  'renewal-unpaid': 'not paid for',
  funded: 'paid for',
  unreachable: 'unreachable',
  agent: 'answered',
  threshold: 'above a limit',
  'threshold-over': 'back to normal',
  'certificate-issued': 'with a new certificate',
  'certificate-failed': 'without a certificate',
  'waf-changed': 'with another WAF app',
  'waf-firewall-off': 'with a WAF app whose firewall was turned off',
  'firewall-reverted': 'with a firewall change that was taken back',
  'firewall-not-reverted': 'with a firewall change that could not be taken back',
  'automatic-rule': 'with an automatic rule that changed',
  'automatic-rule-failed': 'with an automatic rule to look at',
  burst: 'changed',
};

/** The wallet fell below the user's limit with this change; null where it did not. */
export function lowBalanceNotice(change: Change, limitCents: Cents, context: NoticeContext): Notice | null {
  if (change.kind !== 'balance' || change.fromCents < limitCents || change.toCents >= limitCents) return null;
  return {
    key: `${context.accountId}/low-balance/${context.nowMs}`,
    kind: 'low-balance',
    title: `Wallet is low: ${formatCents(change.toCents)}`,
    body: `It fell below ${formatCents(limitCents)}. A renewal that cannot be paid suspends its instance.`,
    instanceId: null,
    atMs: context.nowMs,
  };
}

/** The API has failed since `sinceMs`, long enough to say so. */
export function unreachableNotice(sinceMs: number, context: NoticeContext): Notice {
  return {
    key: `${context.accountId}/unreachable/${sinceMs}`,
    kind: 'unreachable',
    title: 'Evorxa does not answer',
    body: `Since ${formatClock(sinceMs)}. The app shows what it knew then, and keeps trying.`,
    instanceId: null,
    atMs: context.nowMs,
  };
}

/** The words of states are raw words too, so that one table tells which of them are about building. */
function isBuilding(state: InstanceState): boolean {
  return state.kind === 'transition' && statusOf(state.word)?.about === 'build';
}

function wordOf(state: InstanceState): string {
  return displayText(state.word).toLowerCase();
}
