import {
  compareByAttention,
  countByKind,
  needsAttention,
  worstKind,
} from '../../preload/contract/attention.ts';
import type { Route } from '../../preload/contract/app.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import {
  powerActions,
  type Instance,
  type PowerAction,
  type StateKind,
} from '../../preload/contract/instance.ts';
import { firstMissing, lacksWords } from '../../preload/contract/abilities.ts';
import { quietChoices, type QuietChoice, type QuietNow } from '../../preload/contract/quiet.ts';
import { quietInWords } from '../../preload/contract/quiet-hours-words.ts';
import { choiceInWords } from '../../preload/contract/quiet-words.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { displayName, displayText } from '../../preload/contract/display-text.ts';
import { formatCounted, formatWhole } from '../../preload/contract/format.ts';
import { runwayInWords } from '../../preload/contract/runway-words.ts';
import { noAddressYet, powerLabels } from '../../preload/contract/state-words.ts';
import { accountSummary, countsInWords, freshnessInWords } from './summary.ts';
import type { WafAttention } from './waf-changes.ts';

/** What a click in the tray asks for. */
export type TrayAction =
  | { readonly kind: 'open-window' }
  | { readonly kind: 'navigate'; readonly route: Route }
  | { readonly kind: 'ssh'; readonly instanceId: InstanceId }
  | { readonly kind: 'console'; readonly instanceId: InstanceId }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'power'; readonly instanceId: InstanceId; readonly action: PowerAction }
  | { readonly kind: 'lock' }
  /** Turns Do Not Disturb on for a span, or off. */
  | { readonly kind: 'do-not-disturb'; readonly choice: QuietChoice | 'off' }
  | { readonly kind: 'quit' };

/** The menu as plain data. Labels are one line and hold no markup; `&` in them is a plain character. */
export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'text'; readonly label: string }
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly action: TrayAction;
      readonly enabled: boolean;
      /** Why it is not enabled. */
      readonly reason: string | null;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayItem[] };

/** All that the tray shows, before anything of the system draws it. */
export interface TrayModel {
  /** The state that the icon shows. */
  readonly icon: StateKind;
  readonly tooltip: string;
  readonly menu: readonly TrayItem[];
}

/** Instances in the menu at most; the window has the others. */
const maxInstances = 20;
/** WAF apps that need attention in the menu at most. */
const maxWafApps = 5;

const shapes: Readonly<Record<StateKind, string>> = {
  running: '●',
  stopped: '○',
  transition: '◔',
  suspended: '‖',
  failed: '▲',
  deletion: '⊘',
  unknown: '◌',
};

const separator: TrayItem = { kind: 'separator' };
const noFavourites: ReadonlySet<InstanceId> = new Set();

/**
 * What the tray shows of an account at `nowMs`; null: nobody is signed in. Pure; one pass over the instances. Favourites
 * come after what needs attention and before the rest. `wafApps`: the WAF apps that need attention. `canLock`: the app can be
 * locked. `quiet`: why notifications are off.
 */
export function trayModel(
  snapshot: Snapshot | null,
  nowMs: number,
  favourites: ReadonlySet<InstanceId> = noFavourites,
  wafApps: readonly WafAttention[] = [],
  canLock = false,
  quiet: QuietNow = null,
): TrayModel {
  const footer = [openWindow, quietItem(quiet, nowMs), settings, ...(canLock ? [lock] : []), quit];
  if (!snapshot) {
    const truth = 'Not signed in';
    return { icon: 'unknown', tooltip: `Evorxa: ${truth}`, menu: [text(truth), separator, ...footer] };
  }
  const counts = countByKind(snapshot.instances);
  const freshness = freshnessInWords(snapshot);
  const runway = runwayInWords(snapshot.runway, nowMs);
  const truth = [accountSummary(snapshot, counts), wafInWords(wafApps), runway]
    .filter((part) => part !== null)
    .join(' · ');
  return {
    icon: freshness === null ? worstKind(counts) : 'unknown',
    tooltip: ['Evorxa: ', truth, freshness === null ? '' : ` · ${freshness}`].join(''),
    menu: [
      text(truth),
      ...(freshness === null ? [] : [text(freshness)]),
      separator,
      ...instanceItems(snapshot, favourites, wafApps),
      ...footer,
    ],
  };
}

/** What the tray shows while the app is locked: how many instances are how, and no name, address or amount. */
export function lockedTrayModel(snapshot: Snapshot | null): TrayModel {
  const open = click('Unlock Evorxa…', { kind: 'open-window' });
  if (!snapshot)
    return { icon: 'unknown', tooltip: 'Evorxa: Locked', menu: [text('Locked'), separator, open, quit] };
  const counts = countByKind(snapshot.instances);
  const freshness = freshnessInWords(snapshot);
  const truth = `Locked · ${countsInWords(counts)}`;
  return {
    icon: freshness === null ? worstKind(counts) : 'unknown',
    tooltip: `Evorxa: ${truth}${freshness === null ? '' : ` · ${freshness}`}`,
    menu: [text(truth), ...(freshness === null ? [] : [text(freshness)]), separator, open, quit],
  };
}

function instanceItems(
  { instances, missingAbilities }: Snapshot,
  favourites: ReadonlySet<InstanceId>,
  wafApps: readonly WafAttention[],
): readonly TrayItem[] {
  if (instances.length === 0 && wafApps.length === 0) return [];
  const first = firstShown(instances, favourites);
  const lacking = firstMissing(missingAbilities, ['instances:write']);
  const noPower = lacking === null ? null : `${lacksWords(lacking)}.`;
  const item = (instance: Instance): TrayItem => instanceItem(instance, noPower);
  const urgent = [...first.filter(({ state }) => needsAttention(state.kind)).map(item), ...wafItems(wafApps)];
  const others = first.filter(({ state }) => !needsAttention(state.kind)).map(item);
  const leftOut = instances.length - first.length;
  return [
    ...urgent,
    ...(urgent.length > 0 && others.length > 0 ? [separator] : []),
    ...others,
    ...(leftOut > 0
      ? [click(`${formatWhole(leftOut)} more in the window…`, goTo({ page: 'instances' }))]
      : []),
    separator,
  ];
}

function wafInWords(wafApps: readonly WafAttention[]): string | null {
  if (wafApps.length === 0) return null;
  return `${formatCounted(wafApps.length, 'WAF app')} ${wafApps.length === 1 ? 'needs' : 'need'} attention`;
}

function wafItems(wafApps: readonly WafAttention[]): readonly TrayItem[] {
  const leftOut = wafApps.length - maxWafApps;
  return [
    ...wafApps.slice(0, maxWafApps).map(({ appId, name, failedCertificates, isTurnedOff }) => {
      const certificates =
        failedCertificates > 1
          ? `${formatWhole(failedCertificates)} certificates failed`
          : 'Certificate failed';
      const what = [isTurnedOff ? 'Firewall off' : [], failedCertificates > 0 ? certificates : []].flat();
      const label = `${shapes.failed} WAF app ${displayText(name, 80)} · ${what.join(' · ')}`;
      return click(label, goTo({ page: 'waf', appId }));
    }),
    ...(leftOut > 0
      ? [click(`${formatCounted(leftOut, 'more WAF app')} in the window…`, goTo({ page: 'waf' }))]
      : []),
  ];
}

/** Kept: the menu is made again for each answer about the wallet, and putting 10,000 names in order takes its time. */
const shownOf = new WeakMap<
  readonly Instance[],
  { readonly favourites: ReadonlySet<InstanceId>; readonly first: readonly Instance[] }
>();

/** What needs attention first, then favourites, then the rest; as many as the menu has at most. */
function firstShown(
  instances: readonly Instance[],
  favourites: ReadonlySet<InstanceId>,
): readonly Instance[] {
  const known = shownOf.get(instances);
  if (known?.favourites === favourites) return known.first;
  const groups: readonly [Instance[], Instance[], Instance[]] = [[], [], []];
  for (const instance of instances) {
    const group = needsAttention(instance.state.kind) ? 0 : favourites.has(instance.id) ? 1 : 2;
    groups[group].push(instance);
  }
  const first: Instance[] = [];
  for (const group of groups) first.push(...firstBy(compareByAttention, group, maxInstances - first.length));
  shownOf.set(instances, { favourites, first });
  return first;
}

/** The first `limit` of a sorted list, without sorting the rest of it. */
function firstBy(
  compare: (one: Instance, other: Instance) => number,
  instances: readonly Instance[],
  limit: number,
): readonly Instance[] {
  const first: Instance[] = [];
  if (limit === 0) return first;
  for (const instance of instances) {
    const last = first.at(-1);
    if (last && first.length === limit && compare(instance, last) >= 0) continue;
    const place = first.findIndex((other) => compare(instance, other) < 0);
    first.splice(place === -1 ? first.length : place, 0, instance);
    if (first.length > limit) first.pop();
  }
  return first;
}

/** `noPower`: why no instance's power can be changed; null where it can. */
function instanceItem(instance: Instance, noPower: string | null): TrayItem {
  const { id, state, mainIp } = instance;
  const address = mainIp === null ? null : displayText(mainIp);
  const open: Route = { page: 'instance', instanceId: id, tab: 'overview' };
  return {
    kind: 'submenu',
    label: `${shapes[state.kind]} ${displayName(instance)} · ${displayText(state.word, 24)}`,
    items: [
      click('Open', goTo(open)),
      address === null
        ? dimmed('SSH', { kind: 'ssh', instanceId: id }, `${noAddressYet('It')}.`)
        : click('SSH', { kind: 'ssh', instanceId: id }),
      click('Console', { kind: 'console', instanceId: id }),
      address === null
        ? dimmed('Copy address', { kind: 'copy', text: '' }, `${noAddressYet('It')}.`)
        : click(`Copy ${address}`, { kind: 'copy', text: address }),
      { kind: 'submenu', label: 'Power', items: noPower === null ? powerItems(instance) : [text(noPower)] },
    ],
  };
}

function powerItems({ id, power }: Instance): readonly TrayItem[] {
  const choices = powerActions.map((action) => ({
    action,
    choice: power[action],
  }));
  const reasons = new Set(choices.map(({ choice }) => (choice.allowed ? null : choice.reason)));
  const [only] = reasons;
  // Four dimmed items with one reason: the reason is the better menu.
  if (reasons.size === 1 && typeof only === 'string') return [text(only)];
  return choices.map(({ action, choice }) => {
    const label = powerLabels[action];
    const request: TrayAction = { kind: 'power', instanceId: id, action };
    return choice.allowed ? click(label, request) : dimmed(label, request, choice.reason);
  });
}

function text(label: string): TrayItem {
  return { kind: 'text', label };
}

function click(label: string, action: TrayAction): TrayItem {
  return { kind: 'action', label, action, enabled: true, reason: null };
}

function dimmed(label: string, action: TrayAction, reason: string): TrayItem {
  return { kind: 'action', label, action, enabled: false, reason };
}

function goTo(route: Route): TrayAction {
  return { kind: 'navigate', route };
}

const openWindow = click('Open Evorxa', { kind: 'open-window' });
const settings = click('Settings', goTo({ page: 'settings' }));
const lock = click('Lock Evorxa', { kind: 'lock' });
const quit = click('Quit', { kind: 'quit' });

function quietItem(quiet: QuietNow, nowMs: number): TrayItem {
  const turn = (choice: QuietChoice | 'off'): TrayAction => ({ kind: 'do-not-disturb', choice });
  const why = quietInWords(quiet, nowMs);
  const choices = quietChoices.map((choice) => {
    const words = choiceInWords(choice, nowMs);
    return click(`${words.charAt(0).toUpperCase()}${words.slice(1)}`, turn(choice));
  });
  const now = quiet?.by === 'do-not-disturb' ? [click('Turn off', turn('off')), separator] : [];
  return { kind: 'submenu', label: why ?? 'Do Not Disturb', items: [...now, ...choices] };
}
