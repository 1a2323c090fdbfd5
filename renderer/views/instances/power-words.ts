import Play from '@lucide/svelte/icons/play';
import Power from '@lucide/svelte/icons/power';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import ZapOff from '@lucide/svelte/icons/zap-off';
import type { PowerAction } from '../../../preload/contract/instance.ts';
import { powerLabels } from '../../../preload/contract/state-words.ts';
import type { Icon } from '../../components/icon.ts';

/** A power action in words: on its button, and what it does to the instance and to the bill. */
export interface PowerWords {
  readonly verb: string;
  readonly icon: Icon;
  readonly consequence: string;
  /** The same for several instances. */
  readonly consequenceForMany: string;
  /** Asked about first, since it takes the instance away from whoever uses it. */
  readonly asks: boolean;
}

/** The words of each power action. A stopped instance keeps its disk and address, and is billed as before. */
export const powerWords: Readonly<Record<PowerAction, PowerWords>> = {
  boot: {
    verb: powerLabels.boot,
    icon: Play,
    consequence: 'It boots and answers within a minute or two.',
    consequenceForMany: 'They boot and answer within a minute or two each.',
    asks: false,
  },
  restart: {
    verb: powerLabels.restart,
    icon: RotateCw,
    consequence: 'Programs are asked to exit, then it boots again. It is offline for about a minute.',
    consequenceForMany:
      'Programs are asked to exit, then each instance boots again. Each is offline for about a minute.',
    asks: true,
  },
  shutdown: {
    verb: powerLabels.shutdown,
    icon: Power,
    consequence: 'Programs are asked to exit, then it stops. A stopped instance is still billed.',
    consequenceForMany:
      'Programs are asked to exit, then the instances stop. Stopped instances are still billed.',
    asks: true,
  },
  poweroff: {
    verb: powerLabels.poweroff,
    icon: ZapOff,
    consequence:
      'It stops at once, as if the plug were pulled: unsaved data is lost. A stopped instance is still billed.',
    consequenceForMany:
      'They stop at once, as if the plug were pulled: unsaved data is lost. Stopped instances are still billed.',
    asks: true,
  },
};

/** The power actions as menus list them, from the mildest. */
export const powerOrder: readonly PowerAction[] = ['boot', 'restart', 'shutdown', 'poweroff'];
