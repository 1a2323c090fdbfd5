import type { InstanceId } from '../../../preload/contract/brands.ts';
import { displayName } from '../../../preload/contract/display-text.ts';
import type { Instance, PowerAction } from '../../../preload/contract/instance.ts';
import { client } from '../../client.ts';
import { act } from '../../state/act.ts';
import { powerWords } from './power-words.ts';

/** As many characters of a name as a dialog's button has room for. */
const longestName = 30;

/** A power action that waits for a yes. */
interface PowerQuestion {
  readonly instanceId: InstanceId;
  readonly name: string;
  readonly address: string | null;
  readonly action: PowerAction;
}

/** The question that is open; PowerDialog draws it. */
class PowerQuestions {
  #current = $state.raw<PowerQuestion | null>(null);

  get current(): PowerQuestion | null {
    return this.#current;
  }

  ask(question: PowerQuestion): void {
    this.#current = question;
  }

  close(): void {
    this.#current = null;
  }
}

/** The questions of the window: one at a time. */
export const powerQuestions = new PowerQuestions();

/** Sends a power action, after a question where it takes the instance away. */
export function askPower(instance: Instance, action: PowerAction): void {
  const { id, mainIp } = instance;
  const name = displayName(instance, longestName);
  if (powerWords[action].asks) powerQuestions.ask({ instanceId: id, name, address: mainIp, action });
  else void sendPower(id, name, action);
}

/** Sends a power action and says what happens next. */
export async function sendPower(instanceId: InstanceId, name: string, action: PowerAction): Promise<void> {
  const { verb } = powerWords[action];
  await act(
    client.instances.power({ instanceId, action }),
    { message: `${verb} sent to ${name}.`, next: 'Waiting for Evorxa to confirm.' },
    {
      about: `${verb} ${name}`,
      afterLost: 'Check its state before you try again.',
    },
  );
}
