import * as z from 'zod/mini';
import type { SystemAnswer, SystemUnlock } from '../app-lock/index.ts';
import { openSystemBus, type MessageBus } from './message-bus.ts';

/** Declared by build/linux/com.evorxa.desktop.policy, which the deb and the rpm install. */
const unlockAction = 'com.evorxa.desktop.unlock';

const service = 'org.freedesktop.PolicyKit1';
const checkAuthorization = {
  destination: service,
  path: '/org/freedesktop/PolicyKit1/Authority',
  method: [`${service}.Authority`, 'CheckAuthorization'],
} as const;

/** Whether polkit may ask the user, as its interface numbers it. */
const flags = { never: 0, mayAsk: 1 } as const;

/** Whether it is allowed as it is, and whether it would be once the user has authenticated. */
const authorization = z.tuple([z.boolean(), z.boolean(), z.record(z.string(), z.string())]);

/**
 * Asks polkit, which has the desktop ask for the user's own password.
 * https://polkit.pages.freedesktop.org/polkit/eggdbus-interface-org.freedesktop.PolicyKit1.Authority.html
 */
export function openPolkit(report: (cause: unknown) => void): SystemUnlock {
  return {
    kind: 'polkit',
    isAvailable: async () => {
      try {
        return await withSystemBus(mustAsk);
      } catch {
        // There is no system bus, no polkit on it, or the action is not installed, as with an AppImage.
        return false;
      }
    },
    authenticate: async () => {
      try {
        return await withSystemBus(ask);
      } catch (cause) {
        report(cause);
        return 'unavailable';
      }
    },
  };
}

/** Whether polkit allows it once the user has authenticated, and not without: as it does for root, or where a rule says so. */
async function mustAsk(bus: MessageBus): Promise<boolean> {
  const [isAllowed, isChallenge] = await check(bus, flags.never);
  return isChallenge && !isAllowed;
}

async function ask(bus: MessageBus): Promise<SystemAnswer> {
  if (!(await mustAsk(bus))) return 'unavailable';
  const [isAllowed, isChallenge] = await check(bus, flags.mayAsk);
  if (isAllowed) return 'confirmed';
  // Still a challenge: this session has no agent that could have shown one.
  return isChallenge ? 'unavailable' : 'not-confirmed';
}

/** Resolves once the user has answered, where polkit asks. */
async function check(bus: MessageBus, flag: number): Promise<z.infer<typeof authorization>> {
  // By the connection's own name, which no other process can take over, as a process's number can be.
  const subject = ['system-bus-name', { name: bus.variant('s', bus.uniqueName) }];
  return authorization.parse(
    await bus.call(checkAuthorization, {
      signature: '(sa{sv})sa{ss}us',
      body: [subject, unlockAction, {}, flag, ''],
    }),
  );
}

/** The connection ends with the question: polkit then takes its prompt away. */
async function withSystemBus<T>(use: (bus: MessageBus) => Promise<T>): Promise<T> {
  const bus = await openSystemBus();
  try {
    return await use(bus);
  } finally {
    bus.close();
  }
}
