import { Message, MessageFlag, MessageType, NameFlag, RequestNameReply, sessionBus } from 'dbus-next';
import type { MessageBus } from 'dbus-next';
import { z } from 'zod';
import { requireLinux } from '../linux.ts';
import type {
  MethodHandler,
  RemoteObject,
  ServedInterface,
  Signal,
  SignalFilter,
  TypedBody,
} from './types.ts';
import { plain } from './values.ts';

const busDriver = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;
const propertiesInterface = 'org.freedesktop.DBus.Properties';
const callTimeoutMs = 10_000;

const nameOwnerChanged = z.tuple([z.string(), z.string(), z.string()]);

/** An error of a served method that the caller knows by its name. */
export class BusError extends Error {
  override readonly name = 'BusError';
  readonly errorName: string;

  constructor(errorName: string, message: string) {
    super(message);
    this.errorName = errorName;
  }
}

/** A connection to a message bus with checked replies, deadlines and unsubscribes. */
export class BusConnection {
  readonly #bus: MessageBus;
  readonly #served: ServedInterface[] = [];
  #closed = false;
  #mute = false;

  /** This connection's unique name, such as `:1.7`. */
  readonly uniqueName: string;

  private constructor(bus: MessageBus, uniqueName: string) {
    this.#bus = bus;
    this.uniqueName = uniqueName;
    bus.addMethodHandler((message: Message) => this.#answer(message));
  }

  /** Connects to `address`, or to the session bus of the environment. Rejects when nobody listens there. */
  static async open(address = process.env['DBUS_SESSION_BUS_ADDRESS']): Promise<BusConnection> {
    requireLinux('D-Bus test equipment');
    if (address === undefined || address === '')
      throw new Error('There is no session bus: no address was given.');
    const bus = sessionBus({ busAddress: address });
    // The daemon may go first at the end of a test; a call that is under way then fails by its deadline.
    const connected = new Promise<void>((resolve, reject) => {
      bus.on('connect', resolve);
      bus.on('error', reject);
    });
    await connected;
    const name = z.object({ name: z.string() }).parse(bus).name;
    return new BusConnection(bus, name);
  }

  /** Calls a method and gives its results, variants unwrapped. Rejects with a D-Bus error or after 10 s. */
  async call(target: RemoteObject, member: string, args?: TypedBody): Promise<readonly unknown[]> {
    const message = new Message({
      destination: target.destination,
      path: target.path,
      interface: target.interface,
      member,
      ...(args === undefined ? {} : { signature: args.signature, body: [...args.body] }),
    });
    const what = `${target.destination} ${target.interface}.${member}`;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${what} gave no answer in ${callTimeoutMs} ms.`)),
        callTimeoutMs,
      );
    });
    try {
      const reply = await Promise.race([this.#bus.call(message), deadline]);
      return z.array(z.unknown()).parse(plain(reply?.body ?? []));
    } catch (error) {
      throw new Error(`${what} failed: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** All properties of an object's interface, variants unwrapped. */
  async properties(target: RemoteObject): Promise<Readonly<Record<string, unknown>>> {
    const [all] = await this.call({ ...target, interface: propertiesInterface }, 'GetAll', {
      signature: 's',
      body: [target.interface],
    });
    return z.record(z.string(), z.unknown()).parse(all);
  }

  /** The unique name behind a well-known one. Rejects when nobody owns it. */
  async ownerOf(name: string): Promise<string> {
    const [owner] = await this.call(busDriver, 'GetNameOwner', { signature: 's', body: [name] });
    return z.string().parse(owner);
  }

  /** Whether somebody owns this name now. */
  async isOwned(name: string): Promise<boolean> {
    const [owned] = await this.call(busDriver, 'NameHasOwner', { signature: 's', body: [name] });
    return z.boolean().parse(owned);
  }

  /** Takes a well-known name. Rejects when somebody else has it: the equipment must be the only one of its kind. */
  async ownName(name: string): Promise<void> {
    const reply = await this.#bus.requestName(name, NameFlag.DO_NOT_QUEUE);
    if (reply !== RequestNameReply.PRIMARY_OWNER && reply !== RequestNameReply.ALREADY_OWNER) {
      throw new Error(`${name} belongs to another process on this bus.`);
    }
  }

  /** Hears signals until the function that it gives is called. */
  async onSignal(filter: SignalFilter, listener: (signal: Signal) => void): Promise<() => void> {
    const onMessage = (message: Message): void => {
      if (this.#closed || message.type !== MessageType.SIGNAL || message.interface !== filter.interface)
        return;
      if (filter.sender !== undefined && message.sender !== filter.sender) return;
      if (filter.path !== undefined && message.path !== filter.path) return;
      if (filter.member !== undefined && message.member !== filter.member) return;
      listener({ member: message.member, args: z.array(z.unknown()).parse(plain(message.body)) });
    };
    this.#bus.on('message', onMessage);
    const rule = matchRule(filter);
    await this.call(busDriver, 'AddMatch', { signature: 's', body: [rule] });
    return () => {
      this.#bus.off('message', onMessage);
      this.#send(
        new Message({
          ...busDriver,
          member: 'RemoveMatch',
          signature: 's',
          body: [rule],
          flags: MessageFlag.NO_REPLY_EXPECTED,
        }),
      );
    };
  }

  /** Hears who takes and gives up names; `owner` is empty when the name is given up. */
  onNameOwnerChanged(listener: (name: string, owner: string) => void): Promise<() => void> {
    const filter = {
      sender: 'org.freedesktop.DBus',
      interface: busDriver.interface,
      member: 'NameOwnerChanged',
    };
    return this.onSignal(filter, ({ args }) => {
      const [name, , owner] = nameOwnerChanged.parse(args);
      listener(name, owner);
    });
  }

  /** Answers calls to an interface of ours, its properties included. */
  serve(served: ServedInterface): void {
    this.#served.push(served);
  }

  /** From now on takes every call and answers none: a service that hangs. */
  goMute(): void {
    this.#mute = true;
  }

  /** Sends a signal to everybody. */
  emit(
    path: string,
    interfaceName: string,
    member: string,
    args: TypedBody = { signature: '', body: [] },
  ): void {
    this.#send(Message.newSignal(path, interfaceName, member, args.signature, [...args.body]));
  }

  /** Leaves the bus; the names that were taken become free. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#bus.disconnect();
  }

  /** What is still to be said when the connection closes is lost, as when a service ends. */
  #send(message: Message): void {
    if (!this.#closed) this.#bus.send(message);
  }

  #answer(message: Message): boolean {
    // A call that arrives while the stream closes counts as taken: the library would answer into a closed stream.
    if (this.#closed || this.#mute) return true;
    const handler = this.#handlerFor(message);
    if (handler === undefined) return false;
    const wantsReply = (message.flags & MessageFlag.NO_REPLY_EXPECTED) === 0;
    const args = z.array(z.unknown()).parse(plain(message.body));
    void Promise.resolve()
      .then(() => handler({ sender: message.sender, args }))
      .then((result) => Message.newMethodReturn(message, result?.signature ?? '', [...(result?.body ?? [])]))
      .catch((error: unknown) => errorReply(message, error))
      .then((reply) => {
        if (wantsReply) this.#send(reply);
      });
    return true;
  }

  #handlerFor(message: Message): MethodHandler | undefined {
    const here = this.#served.filter((served) => served.path === message.path);
    if (message.interface === propertiesInterface) return propertyHandler(here, message.member);
    return here.find((served) => served.interface === message.interface)?.methods[message.member];
  }
}

function propertyHandler(here: readonly ServedInterface[], member: string): MethodHandler | undefined {
  if (here.length === 0) return undefined;
  const propertiesOf = (name: unknown): Readonly<Record<string, () => unknown>> =>
    here.find((served) => served.interface === name)?.properties ?? {};
  if (member === 'Get') {
    return ({ args: [interfaceName, name] }) => {
      const read = propertiesOf(interfaceName)[z.string().parse(name)];
      if (read === undefined) throw new Error(`There is no property ${String(name)}.`);
      return { signature: 'v', body: [read()] };
    };
  }
  if (member === 'GetAll') {
    return ({ args: [interfaceName] }) => {
      const entries = Object.entries(propertiesOf(interfaceName)).map(([name, read]) => [name, read()]);
      return { signature: 'a{sv}', body: [Object.fromEntries(entries)] };
    };
  }
  return undefined;
}

function errorReply(message: Message, error: unknown): Message {
  const text = error instanceof Error ? error.message : String(error);
  // The library's types ask for a string where its code takes the message that is answered.
  const answered = message as unknown as string;
  const name = error instanceof BusError ? error.errorName : 'org.freedesktop.DBus.Error.Failed';
  return Message.newError(answered, name, text);
}

function matchRule(filter: SignalFilter): string {
  const parts = Object.entries({ type: 'signal', ...filter });
  return parts.map(([key, value]) => `${key}='${value}'`).join(',');
}
