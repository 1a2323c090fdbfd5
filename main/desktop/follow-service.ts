import { openSessionBus, type BusSignals, type MessageBus } from './message-bus.ts';

/** A service of the desktop, and how it is asked for what it is. */
export interface FollowedService<State> {
  /** Its name on the bus. */
  readonly name: string;
  /** Asks what it is now; called again whenever its name gets an owner, loses it or changes it, and with its signals. */
  readonly look: (bus: MessageBus) => Promise<State>;
  /** Where it signals that it has changed while it stays. */
  readonly signals?: Omit<BusSignals, 'sender'>;
  /** What holds without a bus, and where asking fails: also for one that is gone and that the bus cannot start again. */
  readonly absent: State;
}

/**
 * Follows a service on the session bus. Calls `onChange` with the present truth before it resolves, then with each change and each
 * new owner; of two answers that overtake each other the newer question's counts. Resolves to the unsubscribe.
 */
export async function followService<State>(
  { name, look, signals, absent }: FollowedService<State>,
  onChange: (state: State) => void,
  onError: (cause: unknown) => void,
): Promise<() => void> {
  /** Null: whatever is seen next is told. */
  let told: State | null = null;
  const gone = (cause: unknown): void => {
    told = null;
    onError(cause);
    onChange(absent);
  };
  try {
    const bus = await openSessionBus(gone);
    if (bus === null) {
      onChange(absent);
      return () => undefined;
    }
    let looks = 0;
    const lookAgain = async (): Promise<void> => {
      const own = (looks += 1);
      try {
        const state = await look(bus);
        if (own !== looks || state === told) return;
        told = state;
        onChange(state);
      } catch (cause) {
        if (own === looks) gone(cause);
      }
    };
    await bus.onOwnerChange(name, () => {
      told = null;
      void lookAgain();
    });
    if (signals !== undefined) await bus.onSignal({ sender: name, ...signals }, () => void lookAgain());
    await lookAgain();
    return bus.close;
  } catch (cause) {
    gone(cause);
    return () => undefined;
  }
}
