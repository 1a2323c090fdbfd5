import Cable from '@lucide/svelte/icons/cable';
import ExternalLink from '@lucide/svelte/icons/external-link';
import { portForwardName, type PortForward } from '../../preload/contract/port-forwards.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Command } from './command.ts';

/** What the commands of port forwards are made of. */
export interface PortCommandSources {
  readonly forwards: readonly PortForward[];
  readonly nameOf: (instanceId: InstanceId) => string | null;
  readonly switchOn: (forward: PortForward, isOn: boolean) => void;
  readonly openInBrowser: (forward: PortForward) => void;
}

/** Switches each port forward on or off, and opens the local ones that are on. */
export function portCommands(sources: PortCommandSources): readonly Command[] {
  return sources.forwards.flatMap((forward) => {
    const { id, instanceId, kind, state } = forward;
    const isOn = state.phase !== 'off';
    const name = portForwardName(forward);
    const detail = sources.nameOf(instanceId);
    const turn = {
      id: `switch port ${id}`,
      label: `${isOn ? 'Switch off' : 'Switch on'} port forward ${name}`,
      detail,
      icon: Cable,
      run: () => sources.switchOn(forward, !isOn),
    };
    const open = {
      id: `open port ${id}`,
      label: `Open port forward ${name} in the browser`,
      detail,
      icon: ExternalLink,
      run: () => sources.openInBrowser(forward),
    };
    return kind === 'local' && state.phase === 'on' ? [turn, open] : [turn];
  });
}
