/** An object of a service on the bus, and the interface that is spoken with it. */
export interface RemoteObject {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}

/** Arguments or results as D-Bus types them; `signature` as in the D-Bus specification. */
export interface TypedBody {
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** A call that somebody makes to an object of ours. Variants in `args` are unwrapped. */
export interface IncomingCall {
  readonly sender: string;
  readonly args: readonly unknown[];
}

/** Answers one method. Nothing: an empty reply. A rejection becomes a D-Bus error. */
export type MethodHandler = (call: IncomingCall) => TypedBody | undefined | Promise<TypedBody | undefined>;

/** An interface of ours: methods by name, and properties read at each request. */
export interface ServedInterface {
  readonly path: string;
  readonly interface: string;
  readonly methods: Readonly<Record<string, MethodHandler>>;
  /** Each as a `dbus.Variant`. */
  readonly properties?: Readonly<Record<string, () => unknown>>;
}

/** Signals to hear; without a path or member, those of every path or member. */
export interface SignalFilter {
  /** A unique name (`:1.7`): signals always carry that of their sender. */
  readonly sender?: string;
  readonly path?: string;
  readonly interface: string;
  readonly member?: string;
}

/** A signal that arrived; variants in `args` are unwrapped. */
export interface Signal {
  readonly member: string;
  readonly args: readonly unknown[];
}
