import { compareByAttention, needsAttention } from '../../../preload/contract/attention.ts';
import { compareNames } from '../../../preload/contract/compare-names.ts';
import type { Cents, ProjectId } from '../../../preload/contract/brands.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import { powerKind, type Instance } from '../../../preload/contract/instance.ts';
import { isRenewed } from '../../../preload/contract/state-words.ts';
import type { TableSort } from '../../components/data/table.ts';

/** What the list can be narrowed to by state. */
export type StateFilter = 'all' | 'running' | 'attention' | 'transition' | 'stopped';
/** The columns of the list. All but the CPU can sort it: that one is known only of the rows in view. */
export type InstanceColumn = 'state' | 'name' | 'plan' | 'cpu' | 'address' | 'renews' | 'month';

/** What the list is narrowed to. */
export interface InstanceFilter {
  /** Words that all have to be somewhere in name, host name, address or plan. */
  readonly search: string;
  readonly state: StateFilter;
  readonly projectId: ProjectId | 'all';
}

const inState: Readonly<Record<StateFilter, (instance: Instance) => boolean>> = {
  all: () => true,
  running: ({ state }) => powerKind(state) === 'running',
  attention: ({ state }) => needsAttention(state.kind),
  transition: ({ state }) => state.kind === 'transition',
  stopped: ({ state }) => powerKind(state) === 'stopped',
};

/** What of an instance is searched, made once for each: an instance that did not change is the same object. */
const haystacks = new WeakMap<Instance, string>();

/** All of an instance that a search looks through, in small letters. */
export function instanceText(instance: Instance): string {
  const known = haystacks.get(instance);
  if (known !== undefined) return known;
  const { name, hostname, mainIp, addresses, planSlug, planName, osName } = instance;
  const text = [name, hostname, mainIp, ...addresses, planSlug, planName, osName].join('\n').toLowerCase();
  haystacks.set(instance, text);
  return text;
}

/**
 * Makes what is searched of each instance while the page has nothing else to do, so that the first key of a search need
 * not. Gives what ends that.
 */
export function prepareSearch(instances: readonly Instance[]): () => void {
  let at = 0;
  const work = (deadline: IdleDeadline): void => {
    for (; at < instances.length && deadline.timeRemaining() > 1; at += 1) {
      const next = instances[at];
      if (next !== undefined) instanceText(next);
    }
    if (at < instances.length) handle = requestIdleCallback(work);
  };
  let handle = requestIdleCallback(work);
  return () => cancelIdleCallback(handle);
}

/**
 * The instances in a project that match a search, whatever their state: what the state filters count. `moreTextOf`
 * gives what else is searched, in small letters.
 */
export function searchInstances(
  instances: readonly Instance[],
  { search, projectId }: Pick<InstanceFilter, 'search' | 'projectId'>,
  moreTextOf: (instance: Instance) => string = () => '',
): readonly Instance[] {
  const words = searchWords(search);
  if (words.length === 0 && projectId === 'all') return instances;
  return instances.filter((instance) => {
    if (projectId !== 'all' && instance.projectId !== projectId) return false;
    const text = instanceText(instance);
    if (words.every((word) => text.includes(word))) return true;
    const more = moreTextOf(instance);
    return more !== '' && words.every((word) => text.includes(word) || more.includes(word));
  });
}

/** What an instance's plan is called: its name in the catalog, else what Evorxa calls it; null where neither is known. */
export function planOf({ planName, planSlug }: Pick<Instance, 'planName' | 'planSlug'>): string | null {
  return displayText(planName ?? planSlug ?? '', 40) || null;
}

/** What is searched for: the words of what was typed, in small letters. */
export function searchWords(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * The same instances with those first whose name is what was typed, begins with it, or has it; within each the order
 * stays.
 */
export function namesFirst(instances: readonly Instance[], search: string): readonly Instance[] {
  const wanted = searchWords(search).join(' ');
  if (wanted === '') return instances;
  const groups: [Instance[], Instance[], Instance[], Instance[]] = [[], [], [], []];
  for (const instance of instances) {
    const name = instance.name.toLowerCase();
    const at = name.indexOf(wanted);
    groups[at === -1 ? 3 : at > 0 ? 2 : name.length > wanted.length ? 1 : 0].push(instance);
  }
  return groups.flat();
}

/**
 * What of an instance was found where its row does not show it: another address, the system, a note. Null where the
 * row shows all that was searched for.
 */
export function hiddenMatch(
  instance: Instance,
  words: readonly string[],
  notes: readonly string[],
): string | null {
  if (words.length === 0) return null;
  const { name, hostname, mainIp, planSlug, addresses, osName } = instance;
  const shown = [name, hostname, mainIp, planOf(instance)].join('\n').toLowerCase();
  const missing = words.filter((word) => !shown.includes(word));
  if (missing.length === 0) return null;
  const hidden = [...addresses, planSlug ?? '', osName ?? '', ...notes];
  const found = missing.map((word) => hidden.find((text) => text.toLowerCase().includes(word)));
  return displayText([...new Set(found.filter((text) => text !== undefined))].join(' · '), 100) || null;
}

/** What those of the instances that are renewed cost a month: the sum of the known prices, and whether some are not. */
export function monthlyTotal(instances: readonly Instance[]): {
  readonly cents: Cents;
  readonly isAtLeast: boolean;
  readonly instanceCount: number;
} {
  let cents = 0;
  let isAtLeast = false;
  const renewed = instances.filter(isRenewed);
  for (const { monthlyCents } of renewed) {
    if (monthlyCents === null) isAtLeast = true;
    else cents += monthlyCents;
  }
  // A sum of whole cents is one.
  return { cents: cents as Cents, isAtLeast, instanceCount: renewed.length };
}

/** Those of the instances that are in a state. */
export function inStates(instances: readonly Instance[], state: StateFilter): readonly Instance[] {
  return state === 'all' ? instances : instances.filter(inState[state]);
}

/** How many of the instances each state filter would show. */
export function countStates(instances: readonly Instance[]): Readonly<Record<StateFilter, number>> {
  const counts = { all: instances.length, running: 0, attention: 0, transition: 0, stopped: 0 };
  for (const instance of instances) {
    if (inState.running(instance)) counts.running += 1;
    else if (inState.attention(instance)) counts.attention += 1;
    else if (inState.transition(instance)) counts.transition += 1;
    else if (inState.stopped(instance)) counts.stopped += 1;
  }
  return counts;
}

/** An address as a number, so that .9 comes before .10; null for none and for what is no IPv4 address. */
function addressNumber(address: string | null): number | null {
  const parts = address?.split('.').map(Number) ?? [];
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part))) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** What is not known comes last, whichever way a column is sorted. */
function compareKnown(one: number | null, other: number | null, sign: 1 | -1): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return sign * (one - other);
}

const values: Readonly<Record<'address' | 'renews' | 'month', (instance: Instance) => number | null>> = {
  address: ({ mainIp }) => addressNumber(mainIp),
  renews: ({ billedTillMs }) => billedTillMs,
  month: ({ monthlyCents }) => monthlyCents,
};

/** What was sorted by attention: a list that did not change is the same array, also when its view is opened again. */
const attentionOrders = new WeakMap<readonly Instance[], readonly Instance[]>();
/** The list that was sorted last: the next one is mostly the same. */
let last: { readonly from: readonly Instance[]; readonly sorted: readonly Instance[] } = {
  from: [],
  sorted: [],
};
/** When more than these changed, all is sorted again. */
const changedLimit = 200;

function byAttention(instances: readonly Instance[]): readonly Instance[] {
  const known = attentionOrders.get(instances);
  if (known !== undefined) return known;
  const sorted =
    withChanges(last, instances) ?? inOrderOf(last.sorted, instances).toSorted(compareByAttention);
  attentionOrders.set(instances, sorted);
  last = { from: instances, sorted };
  return sorted;
}

/**
 * The order of `before` with the few instances put elsewhere that are others in `now`: a poll changes an instance or two of
 * ten thousand. Null where the two lists have too little in common.
 */
function withChanges(before: typeof last, now: readonly Instance[]): readonly Instance[] | null {
  if (before.from.length > now.length || before.from.length === 0) return null;
  const inPlace = new Map<Instance, Instance>();
  const gone = new Set<Instance>();
  const moved: Instance[] = [];
  for (let index = 0; index < now.length; index += 1) {
    const [old, next] = [before.from[index], now[index]];
    if (next === undefined || old === next) continue;
    if (inPlace.size + moved.length >= changedLimit) return null;
    if (old !== undefined && old.id === next.id && compareByAttention(old, next) === 0)
      inPlace.set(old, next);
    else {
      if (old !== undefined) gone.add(old);
      moved.push(next);
    }
  }
  const kept: Instance[] = [];
  for (const instance of before.sorted) {
    if (!gone.has(instance)) kept.push(inPlace.get(instance) ?? instance);
  }
  let from = 0;
  const parts = moved.toSorted(compareByAttention).flatMap((instance) => {
    const to = placeFor(instance, kept, from);
    const part = [...kept.slice(from, to), instance];
    from = to;
    return part;
  });
  return [...parts, ...kept.slice(from)];
}

/** Where in a sorted list an instance belongs, behind those that equal it; not before `from`. */
function placeFor(instance: Instance, sorted: readonly Instance[], from: number): number {
  let [low, high] = [from, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compareByAttention(other, instance) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The instances in the order of an earlier list, new ones last: sorting what is nearly sorted compares little. */
function inOrderOf(earlier: readonly Instance[], instances: readonly Instance[]): readonly Instance[] {
  if (earlier.length === 0) return instances;
  const rest = new Map(instances.map((instance) => [instance.id, instance]));
  const known: Instance[] = [];
  for (const { id } of earlier) {
    const instance = rest.get(id);
    if (instance === undefined) continue;
    known.push(instance);
    rest.delete(id);
  }
  return [...known, ...rest.values()];
}

/** The instances in the order of a column; null: by attention. Equal ones by name. */
export function sortInstances(
  instances: readonly Instance[],
  sort: TableSort<InstanceColumn> | null,
): readonly Instance[] {
  if (sort === null) return byAttention(instances);
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const { column } = sort;
  const byName = (one: Instance, other: Instance): number => compareNames(one.name, other.name);
  const plan = ({ planName, planSlug }: Instance): string => planName ?? planSlug ?? '';
  switch (column) {
    case 'state':
      return instances.toSorted((one, other) => sign * compareByAttention(one, other));
    case 'name':
    case 'cpu':
      return instances.toSorted((one, other) => sign * byName(one, other));
    case 'plan':
      return instances.toSorted(
        (one, other) => sign * compareNames(plan(one), plan(other)) || byName(one, other),
      );
    default: {
      const value = values[column];
      return instances.toSorted(
        (one, other) => compareKnown(value(one), value(other), sign) || byName(one, other),
      );
    }
  }
}
