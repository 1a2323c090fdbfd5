import type { Activity, ActivityKind } from '../../../preload/contract/activity.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { formatClock, formatDay } from '../../../preload/contract/format.ts';
import type { StateKind } from '../../../preload/contract/instance.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';

/** Something that was done from this app, or that it saw and told. */
export interface TimelineEntry {
  readonly key: string;
  readonly source: 'done' | 'seen';
  readonly title: string;
  /** What there is to say beyond the title; empty where that says it all. */
  readonly body: string;
  /** The shape that stands for it, as in the list and the tray. */
  readonly shape: StateKind;
  readonly instanceId: InstanceId | null;
  readonly atMs: number;
}

/** What a timeline is narrowed to. */
export interface TimelineFilter {
  readonly source: TimelineEntry['source'] | 'all';
  readonly instanceId: InstanceId | 'all';
}

const noticeShapes: Readonly<Record<Notice['kind'], StateKind>> = {
  provisioned: 'running',
  started: 'running',
  stopped: 'stopped',
  suspended: 'suspended',
  failed: 'failed',
  'shutdown-ignored': 'transition',
  done: 'running',
  gone: 'deletion',
  unreachable: 'failed',
  'low-balance': 'suspended',
  runway: 'suspended',
  'renewal-unpaid': 'suspended',
  funded: 'running',
  agent: 'unknown',
  threshold: 'failed',
  'threshold-over': 'running',
  burst: 'unknown',
};

/** What was done, and the same as an attempt; the name of what it was done to follows. */
const verbs: Readonly<Record<ActivityKind, { readonly did: string; readonly tried: string }>> = {
  boot: { did: 'started', tried: 'start' },
  shutdown: { did: 'shut down', tried: 'shut down' },
  restart: { did: 'restarted', tried: 'restart' },
  poweroff: { did: 'powered off', tried: 'power off' },
  'power-many': { did: 'sent a power action to', tried: 'send a power action to' },
  created: { did: 'created', tried: 'create' },
  'agent-asked': { did: 'asked the agent on', tried: 'ask the agent on' },
  'key-added': { did: 'added the SSH key', tried: 'add the SSH key' },
  'key-made': { did: 'created the SSH key', tried: 'create the SSH key' },
  'key-deleted': { did: 'deleted an SSH key', tried: 'delete an SSH key' },
  'token-made': { did: 'created the API token', tried: 'create the API token' },
  'token-revoked': { did: 'revoked an API token', tried: 'revoke an API token' },
};

const outcomeShapes: Readonly<Record<Activity['outcome'], StateKind>> = {
  done: 'running',
  failed: 'failed',
  unknown: 'unknown',
};

/** Everything that was told and done, newest first. */
export function timelineOf(
  notices: readonly Notice[],
  activities: readonly Activity[],
): readonly TimelineEntry[] {
  return [...notices.map(ofNotice), ...activities.map(ofActivity)].toSorted(
    (one, other) => other.atMs - one.atMs,
  );
}

/** Those entries that a filter lets through. */
export function filterTimeline(
  entries: readonly TimelineEntry[],
  { source, instanceId }: TimelineFilter,
): readonly TimelineEntry[] {
  return entries.filter(
    (entry) =>
      (source === 'all' || entry.source === source) &&
      (instanceId === 'all' || entry.instanceId === instanceId),
  );
}

/** The entries of one day, with its name: "Today", "Yesterday", "24 Nov". */
export interface TimelineDay {
  readonly day: string;
  readonly entries: readonly TimelineEntry[];
}

/** Entries that are sorted by time, in their days as the machine's zone has them, unless one is given. */
export function daysOf(
  entries: readonly TimelineEntry[],
  nowMs: number,
  timeZone?: string,
): readonly TimelineDay[] {
  const days: { day: string; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayInWords(entry.atMs, nowMs, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

function dayInWords(atMs: number, nowMs: number, timeZone: string | undefined): string {
  const day = formatDay(atMs, nowMs, timeZone);
  if (day === formatDay(nowMs, nowMs, timeZone)) return 'Today';
  const [hours = 0, minutes = 0] = formatClock(nowMs, timeZone).split(':').map(Number);
  // Near noon of the day before: an hour that a change of the clocks adds or takes does not matter.
  const yesterdayMs = nowMs - ((hours + 12) * 60 + minutes) * 60_000;
  return day === formatDay(yesterdayMs, nowMs, timeZone) ? 'Yesterday' : day;
}

/** A title around the name of its server; null where it does not have it. */
export function aroundName(title: string, name: string): readonly [before: string, after: string] | null {
  const at = name === '' ? -1 : title.indexOf(name);
  return at < 0 ? null : [title.slice(0, at), title.slice(at + name.length)];
}

function ofNotice({ key, kind, title, body, instanceId, atMs, notShown }: Notice): TimelineEntry {
  return {
    key,
    source: kind === 'done' ? 'done' : 'seen',
    title,
    body: notShown === true ? `${body} Not shown as a notification.`.trimStart() : body,
    shape: noticeShapes[kind],
    instanceId,
    atMs,
  };
}

function ofActivity({ key, kind, subject, outcome, detail, instanceId, atMs }: Activity): TimelineEntry {
  const { did, tried } = verbs[kind];
  const verb = outcome === 'done' ? `You ${did}` : `You tried to ${tried}`;
  return {
    key,
    source: 'done',
    title: subject === null ? verb : `${verb} ${subject}`,
    body: bodyOf(outcome, detail),
    shape: outcomeShapes[outcome],
    instanceId,
    atMs,
  };
}

function bodyOf(outcome: Activity['outcome'], detail: string | null): string {
  switch (outcome) {
    case 'done':
      return '';
    case 'failed':
      return detail ?? 'It failed.';
    case 'unknown':
      return 'The answer was lost: it may have been done all the same.';
  }
}
