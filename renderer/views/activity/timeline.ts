import { activityWords } from '../../../preload/contract/activity-words.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { formatDay, isSameDay } from '../../../preload/contract/format.ts';
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
  /** The instance's name as it was then, where it was recorded. */
  readonly name: string | null;
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
  gone: 'deletion',
  unreachable: 'failed',
  'low-balance': 'suspended',
  runway: 'suspended',
  'renewal-unpaid': 'suspended',
  funded: 'running',
  agent: 'unknown',
  threshold: 'failed',
  'threshold-over': 'running',
  'certificate-issued': 'running',
  'certificate-failed': 'failed',
  'waf-changed': 'unknown',
  'waf-firewall-off': 'suspended',
  'firewall-reverted': 'stopped',
  'firewall-not-reverted': 'failed',
  'automatic-rule': 'running',
  'automatic-rule-failed': 'failed',
  burst: 'unknown',
};

const outcomeShapes: Readonly<Record<Activity['outcome'], StateKind>> = {
  done: 'running',
  refused: 'failed',
  undone: 'stopped',
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

const stepMs = 6 * 60 * 60 * 1000;

function dayInWords(atMs: number, nowMs: number, timeZone: string | undefined): string {
  if (isSameDay(atMs, nowMs, timeZone)) return 'Today';
  // In steps that no day is too short for, also where the clocks change.
  let yesterdayMs = nowMs - stepMs;
  while (isSameDay(yesterdayMs, nowMs, timeZone)) yesterdayMs -= stepMs;
  return isSameDay(atMs, yesterdayMs, timeZone) ? 'Yesterday' : formatDay(atMs, nowMs, timeZone);
}

/** The name of an instance as it was recorded last; null where it never was. */
export function recordedName(entries: readonly TimelineEntry[], id: InstanceId): string | null {
  return entries.find(({ instanceId, name }) => instanceId === id && name !== null)?.name ?? null;
}

/** A title around the name of its instance; null where it does not have it. */
export function aroundName(title: string, name: string): readonly [before: string, after: string] | null {
  const at = name === '' ? -1 : title.indexOf(name);
  return at < 0 ? null : [title.slice(0, at), title.slice(at + name.length)];
}

function ofNotice({ key, kind, title, body, instanceId, atMs, notShown }: Notice): TimelineEntry {
  return {
    key,
    source: 'seen',
    title,
    body: notShown === true ? `${body} Not shown as a notification.`.trimStart() : body,
    shape: noticeShapes[kind],
    instanceId,
    name: null,
    atMs,
  };
}

function ofActivity(activity: Activity): TimelineEntry {
  const { key, outcome, instanceId, atMs, name } = activity;
  const { title, detail: body } = activityWords(activity);
  return { key, source: 'done', title, body, shape: outcomeShapes[outcome], instanceId, name, atMs };
}
