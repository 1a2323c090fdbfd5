import type { WebContents } from 'electron';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import type { AppPortForwards } from '../../port-forwards/index.ts';
import type { AppTerminals } from '../../terminal/index.ts';
import { done, noSession, type Domain } from './shared.ts';

/** What the calls about port forwards are answered by. */
export interface PortForwardHandlerParts {
  readonly portForwards: AppPortForwards;
  readonly terminals: Pick<AppTerminals, 'attach'>;
  readonly currentId: () => AccountId | null;
  /** Opens an open port of this computer in the browser. */
  readonly openPort: (address: {
    readonly host: string;
    readonly port: number;
  }) => Promise<Result<undefined>>;
  /** The window's page; null while no window is open. */
  readonly contents: () => WebContents | null;
}

const notOpen = fail({
  kind: 'refused',
  message: 'This port is not open. Switch it on, and wait until it is.',
} as const);

/** Answers the calls of the domain `portForwards`. */
export function createPortForwardHandlers(parts: PortForwardHandlerParts): Domain<'portForwards'> {
  const { portForwards, terminals, currentId, openPort, contents } = parts;
  return {
    list: () => {
      const id = currentId();
      return ok(id === null ? { forwards: [], connections: [] } : portForwards.of(id));
    },
    add: ({ instanceId, settings }) => portForwards.add(instanceId, settings),
    change: ({ id, settings }) => portForwards.change(id, settings),
    remove: ({ id }) => portForwards.remove(id),
    switch: ({ id, isOn }) => portForwards.switch(id, isOn),
    retry: ({ instanceId }) => {
      portForwards.retry(instanceId);
      return done;
    },
    attach: ({ sessionId }) => {
      const page = contents();
      return page !== null && terminals.attach(sessionId, page) ? done : noSession;
    },
    openInBrowser: ({ id }) => {
      const address = portForwards.addressOf(id);
      return address === null ? notOpen : openPort(address);
    },
  };
}
