import type { Message } from 'dbus-next';
import { sessionBusAddress, systemBusAddress } from './bus-address.ts';

const busName = 'org.freedesktop.DBus';
const busPath = '/org/freedesktop/DBus';

/** Something on a bus that can be asked. */
export interface BusMethod {
  readonly destination: string;
  readonly path: string;
  /** The interface, and the method of it. */
  readonly method: readonly [string, string];
}

/** Some signals of an interface at a path, by whoever has a name. */
export interface BusSignals {
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly members: readonly string[];
}

/** The arguments of a call whose types are not all texts: their signature, and them. */
export interface BusArguments {
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** A message bus (D-Bus), on Linux: the one of the person's session, or the system's. */
export interface MessageBus {
  /** By which this connection is known on the bus, such as `:1.7`. */
  readonly uniqueName: string;
  /** Calls a method and resolves to the first value of its answer; rejects where it fails and where the bus is lost. */
  readonly call: (of: BusMethod, args: BusArguments) => Promise<unknown>;
  /** A value that carries its type, as a table of mixed values has them. */
  readonly variant: (signature: string, value: unknown) => unknown;
  /** Calls a method with texts and resolves to the first value of its answer; rejects where the bus is lost. */
  readonly ask: (of: BusMethod, ...body: string[]) => Promise<unknown>;
  /** Whether somebody has a name, or would be started for it. */
  readonly hasOwner: (name: string) => Promise<boolean>;
  readonly isActivatable: (name: string) => Promise<boolean>;
  /** Calls back each time when a name gets an owner, loses it or changes it. */
  readonly onOwnerChange: (name: string, listener: () => void) => Promise<void>;
  /** Calls back with each such signal and its arguments, once this has resolved. */
  readonly onSignal: (
    of: BusSignals,
    listener: (member: string, body: readonly unknown[]) => void,
  ) => Promise<void>;
  readonly close: () => void;
}

/**
 * Connects to the session bus; null where this session has none. `onLost` is told when the connection ends by itself.
 */
export async function openSessionBus(onLost: (cause: unknown) => void): Promise<MessageBus | null> {
  const address = sessionBusAddress(process.env);
  return address === null ? null : openBus(address, onLost);
}

/** Connects to the system bus; rejects where there is none. */
export async function openSystemBus(): Promise<MessageBus> {
  return openBus(systemBusAddress(process.env), () => undefined);
}

async function openBus(busAddress: string, onLost: (cause: unknown) => void): Promise<MessageBus> {
  // Loaded here only: other platforms and the first moments of the window do without it.
  const { default: dbus } = await import('dbus-next');
  const bus = dbus.sessionBus({ busAddress });
  const lost = new Promise<never>((_resolve, reject) => {
    bus.on('error', (cause: unknown) => {
      reject(cause instanceof Error ? cause : new Error('The message bus was lost.', { cause }));
    });
  });
  lost.catch(onLost);

  // Called directly: a proxy would want the other side to describe itself in full, which not every one does.
  const call = async (
    { destination, path, method }: BusMethod,
    { signature, body }: BusArguments,
  ): Promise<unknown> => {
    const [on, member] = method;
    const message = new dbus.Message({
      destination,
      path,
      interface: on,
      member,
      signature,
      body: [...body],
    });
    const reply = await Promise.race([bus.call(message), lost]);
    const value = (reply?.body as readonly unknown[] | undefined)?.[0];
    return value instanceof dbus.Variant ? (value.value as unknown) : value;
  };
  const ask = (of: BusMethod, ...body: string[]): Promise<unknown> =>
    call(of, { signature: 's'.repeat(body.length), body });
  const askBus = (member: string, ...body: string[]): Promise<unknown> =>
    ask({ destination: busName, path: busPath, method: [busName, member] }, ...body);

  /** Calls back with each signal that `isOne`; `match` is the rule by which the bus sends them. */
  const follow = async (
    match: string,
    isOne: (message: Message) => boolean,
    listener: (member: string, body: readonly unknown[]) => void,
  ): Promise<void> => {
    bus.on('message', (message) => {
      if (message.type === dbus.MessageType.SIGNAL && isOne(message))
        listener(message.member, message.body as readonly unknown[]);
    });
    await askBus('AddMatch', `type='signal',${match}`);
  };

  await Promise.race([new Promise<void>((resolve) => bus.once('connect', resolve)), lost]);
  // Known once the bus is connected. The library's types lack it.
  const { name: uniqueName } = bus as typeof bus & { readonly name: string };
  return {
    uniqueName,
    call,
    variant: (signature, value) => new dbus.Variant(signature, value),
    ask,
    hasOwner: async (name) => (await askBus('NameHasOwner', name)) === true,
    isActivatable: async (name) => {
      const names = await askBus('ListActivatableNames');
      return Array.isArray(names) && names.includes(name);
    },
    onOwnerChange: (name, listener) =>
      follow(
        `sender='${busName}',path='${busPath}',interface='${busName}',member='NameOwnerChanged',arg0='${name}'`,
        ({ path, member, body }) => path === busPath && member === 'NameOwnerChanged' && body[0] === name,
        listener,
      ),
    onSignal: ({ sender, path, interface: on, members }, listener) =>
      follow(
        `sender='${sender}',path='${path}',interface='${on}'`,
        (message) => message.path === path && message.interface === on && members.includes(message.member),
        listener,
      ),
    close: () => {
      // What was sent before the other side hears of it still comes.
      bus.removeAllListeners('message');
      bus.disconnect();
    },
  };
}
