import Cable from '@lucide/svelte/icons/cable';
import Copy from '@lucide/svelte/icons/copy';
import Monitor from '@lucide/svelte/icons/monitor';
import Star from '@lucide/svelte/icons/star';
import StarOff from '@lucide/svelte/icons/star-off';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Terminal from '@lucide/svelte/icons/terminal';
import { displayName } from '../../../preload/contract/display-text.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { powerKind, type Instance } from '../../../preload/contract/instance.ts';
import { hasCrashed, noAddressYet } from '../../../preload/contract/state-words.ts';
import type { MenuItem, MenuSection } from '../../components/overlay/menu.ts';
import { toasts } from '../../components/feedback/toast-store.ts';
import { openConsole, openShell } from '../../state/dock.svelte.ts';
import { router } from '../../state/router.svelte.ts';
import { connectionCheck } from '../../state/connection-check.svelte.ts';
import { missingAbility } from '../../state/ability.ts';
import { client } from '../../client.ts';
import { act } from '../../state/act.ts';
import { annotations } from '../../state/app.svelte.ts';
import { muteItems } from './mute-menu.ts';
import { askPower } from './power-question.svelte.ts';
import { powerOrder, powerWords } from './power-words.ts';

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
    return hasCrashed(state) ? `${name} crashed: start it first` : `${name} could not be built`;
  return null;
}

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
        {
          label: 'Ports',
          icon: Cable,
          onSelect: () => router.go({ page: 'instance', instanceId: id, tab: 'ports' }),
        },
        { label: 'Console', icon: Monitor, onSelect: () => void openConsole(id) },
        {
          label: mainIp === null ? 'Copy address' : `Copy ${mainIp}`,
          icon: Copy,
          disabledReason: mainIp === null ? noAddressYet('It') : null,
          onSelect: () => void copyAddress(mainIp ?? ''),
        },
        {
          label: 'Why can’t I connect?',
          icon: Stethoscope,
          onSelect: () => connectionCheck.open(id),
        },
        favouriteItem(id, displayName(instance)),
      ],
    },
    { heading: 'Power', items: powerItems(instance, false) },
    { heading: 'Notifications', items: muteItems(id, displayName(instance)) },
  ];
}

function favouriteItem(instanceId: InstanceId, name: string): MenuItem {
  const isFavourite = annotations.current?.[instanceId]?.isFavourite === true;
  return {
    label: isFavourite ? 'Remove from favorites' : 'Add to favorites',
    icon: isFavourite ? StarOff : Star,
    onSelect: () =>
      void act(client.annotations.update({ instanceId, patch: { isFavourite: !isFavourite } }), null, {
        about: `Favourite: ${name}`,
      }),
  };
}

async function copyAddress(address: string): Promise<void> {
  await navigator.clipboard.writeText(address);
  toasts.show({ message: `${address} was copied.` });
}
