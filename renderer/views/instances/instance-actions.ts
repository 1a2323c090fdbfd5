import Copy from '@lucide/svelte/icons/copy';
import Monitor from '@lucide/svelte/icons/monitor';
import Play from '@lucide/svelte/icons/play';
import Power from '@lucide/svelte/icons/power';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import Star from '@lucide/svelte/icons/star';
import StarOff from '@lucide/svelte/icons/star-off';
import Terminal from '@lucide/svelte/icons/terminal';
import ZapOff from '@lucide/svelte/icons/zap-off';
import { displayName } from '../../../preload/contract/display-text.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { powerKind, type Instance, type PowerAction } from '../../../preload/contract/instance.ts';
import { hasCrashed, noAddressYet, powerLabels } from '../../../preload/contract/state-words.ts';
import type { MenuItem, MenuSection } from '../../components/overlay/menu.ts';
import { toasts } from '../../components/feedback/toast-store.ts';
import type { Icon } from '../../components/icon.ts';
import { openConsole, openShell } from '../../dock/dock.svelte.ts';
import { missingAbility } from '../../state/ability.ts';
import { client } from '../../client.ts';
import { act } from '../../state/act.ts';
import { marks } from '../../state/app.svelte.ts';
import { askPower } from './power-question.svelte.ts';

/** A power action in words: on its button, and what it does to the server and to the bill. */
export interface PowerWords {
  readonly verb: string;
  readonly icon: Icon;
  readonly consequence: string;
  /** The same for several servers. */
  readonly consequenceForMany: string;
  /** Asked about first, since it takes the server away from whoever uses it. */
  readonly asks: boolean;
}

/** The words of each power action. A stopped server keeps its disk and address, and is billed as before. */
export const powerWords: Readonly<Record<PowerAction, PowerWords>> = {
  boot: {
    verb: powerLabels.boot,
    icon: Play,
    consequence: 'It boots, and answers within a minute or two.',
    consequenceForMany: 'They boot, and answer within a minute or two each.',
    asks: false,
  },
  restart: {
    verb: powerLabels.restart,
    icon: RotateCw,
    consequence: 'Programs are asked to end, then it boots again. It is away for about a minute.',
    consequenceForMany:
      'Programs are asked to end, then each server boots again. Each is away for about a minute.',
    asks: true,
  },
  shutdown: {
    verb: powerLabels.shutdown,
    icon: Power,
    consequence: 'Programs are asked to end, then it stops. A stopped server is still billed.',
    consequenceForMany: 'Programs are asked to end, then the servers stop. Stopped servers are still billed.',
    asks: true,
  },
  poweroff: {
    verb: powerLabels.poweroff,
    icon: ZapOff,
    consequence:
      'It stops at once, as if the plug were pulled: unsaved data is lost. A stopped server is still billed.',
    consequenceForMany:
      'They stop at once, as if the plug were pulled: unsaved data is lost. Stopped servers are still billed.',
    asks: true,
  },
};

/** The key that opens a shell on the row of the list that has the focus. */
export const shellKey = 'S';

/** Why a shell cannot be opened now; null when it can. */
export function shellBlockedReason(instance: Instance): string | null {
  const { state, mainIp } = instance;
  const name = displayName(instance);
  if (mainIp === null) return noAddressYet(name);
  if (powerKind(state) === 'stopped') return `${name} is stopped`;
  if (state.kind === 'suspended') return `${name} is suspended`;
  if (state.kind === 'failed')
    return hasCrashed(state) ? `${name} crashed: start it first` : `${name} was not built`;
  return null;
}

/** The power actions as menus list them, from the mildest. */
export const powerOrder: readonly PowerAction[] = ['boot', 'restart', 'shutdown', 'poweroff'];

/** The lines of a menu for power; with what follows from each where there is room to say it. */
function powerItems(instance: Instance, withConsequences: boolean): readonly MenuItem[] {
  return powerOrder.map((action) => {
    const choice = instance.power[action];
    const { verb, icon, consequence } = powerWords[action];
    return {
      label: verb,
      icon,
      ...(withConsequences && { note: consequence }),
      danger: action === 'poweroff',
      disabledReason: missingAbility('instances:write') ?? (choice.allowed ? null : choice.reason),
      onSelect: () => askPower(instance, action),
    };
  });
}

/** The power menu of an instance's own page: there is room to say what follows from each. */
export function powerMenu(instance: Instance): readonly MenuSection[] {
  return [{ items: powerItems(instance, true) }];
}

/** Everything that can be done with an instance from the list. */
export function instanceMenu(instance: Instance): readonly MenuSection[] {
  const { id, mainIp } = instance;
  return [
    {
      items: [
        {
          label: 'SSH',
          icon: Terminal,
          keys: shellKey,
          disabledReason: shellBlockedReason(instance),
          onSelect: () => void openShell(id),
        },
        { label: 'Console', icon: Monitor, onSelect: () => void openConsole(id) },
        {
          label: mainIp === null ? 'Copy address' : `Copy ${mainIp}`,
          icon: Copy,
          disabledReason: mainIp === null ? noAddressYet('It') : null,
          onSelect: () => void copyAddress(mainIp ?? ''),
        },
        favouriteItem(id, displayName(instance)),
      ],
    },
    { heading: 'Power', items: powerItems(instance, false) },
  ];
}

function favouriteItem(instanceId: InstanceId, name: string): MenuItem {
  const isFavourite = marks.current?.[instanceId]?.isFavourite === true;
  return {
    label: isFavourite ? 'Remove from favourites' : 'Add to favourites',
    icon: isFavourite ? StarOff : Star,
    onSelect: () =>
      void act(client.marks.update({ instanceId, patch: { isFavourite: !isFavourite } }), null, {
        about: `Favourite: ${name}`,
      }),
  };
}

async function copyAddress(address: string): Promise<void> {
  await navigator.clipboard.writeText(address);
  toasts.show({ message: `${address} is on the clipboard.` });
}
