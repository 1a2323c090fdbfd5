import Server from '@lucide/svelte/icons/server';
import { compareByAttention } from '../../preload/contract/attention.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { MenuItem, MenuSection } from '../components/overlay/menu.ts';
import { instanceText } from '../views/instances/instance-rows.ts';
import type { Command } from './command.ts';

/** More is nothing that the user reads: they type another letter. */
const shownAtMost = 40;

/** So few instances are meant that what can be done with each is offered without being named. */
const fewInstances = 3;

/** What the commands of instances are made of. */
export interface InstanceCommandSources {
  readonly instances: readonly Instance[];
  /** What can be done with an instance, as its menu in the list has it. */
  readonly menuOf: (instance: Instance) => readonly MenuSection[];
  readonly open: (instance: Instance) => void;
}

/**
 * The commands about instances that fit words: the instances whose text has all of them, and, where some of the words are
 * in the name of an action ("ssh api"), that action on the instances that have the others.
 */
export function instanceCommands(
  { instances, menuOf, open }: InstanceCommandSources,
  words: readonly string[],
): readonly Command[] {
  const [sample] = instances;
  if (sample === undefined) return [];
  const actionWords = new Set(
    words.filter((word) => itemsOf(menuOf(sample)).some((item) => fits(item, [word]))),
  );
  const candidates = instances.flatMap((instance) => {
    const text = instanceText(instance);
    const rest = words.filter((word) => !text.includes(word));
    return rest.every((word) => actionWords.has(word)) ? [{ instance, rest }] : [];
  });
  const named = candidates.filter(({ rest }) => rest.length === 0);
  const meant = named.length > 0 ? named : candidates;
  const isFew = words.length > 0 && meant.length <= fewInstances;
  const sorted = meant.toSorted((one, other) => compareByAttention(one.instance, other.instance));
  if (meant !== named) {
    const actions = sorted.flatMap(({ instance, rest }) =>
      itemsOf(menuOf(instance))
        .filter((item) => fits(item, rest))
        .map((item) => actionCommand(instance, item)),
    );
    // What cannot be done now is there to be read, below what can.
    const isBlocked = ({ disabledReason }: Command): boolean => Boolean(disabledReason);
    return [
      ...actions.filter((action) => !isBlocked(action)).slice(0, shownAtMost),
      ...actions.filter(isBlocked),
    ].slice(0, shownAtMost);
  }
  return sorted
    .slice(0, shownAtMost)
    .flatMap(({ instance }) => {
      const opening = openCommand(instance, open);
      return isFew
        ? [opening, ...itemsOf(menuOf(instance)).map((item) => actionCommand(instance, item))]
        : [opening];
    })
    .slice(0, shownAtMost);
}

function itemsOf(sections: readonly MenuSection[]): readonly MenuItem[] {
  return sections.flatMap(({ items }) => items);
}

function fits({ label }: MenuItem, words: readonly string[]): boolean {
  const text = label.toLowerCase();
  return words.every((word) => text.includes(word));
}

function openCommand(instance: Instance, open: (instance: Instance) => void): Command {
  return {
    id: `open ${instance.id}`,
    label: displayName(instance, 60),
    detail: [instance.state.word, instance.mainIp].filter(Boolean).join(' · '),
    icon: Server,
    run: () => open(instance),
  };
}

function actionCommand(instance: Instance, item: MenuItem): Command {
  return {
    id: `${item.label} ${instance.id}`,
    label: `${item.label} ${displayName(instance, 60)}`,
    detail: instance.mainIp,
    icon: item.icon ?? Server,
    disabledReason: item.disabledReason ?? null,
    run: item.onSelect,
  };
}
