import { openSessionBus, type SessionBus } from './session-bus.ts';

/** A service of the desktop, and how it is asked for what it is. */
export interface FollowedService<State> {
  /** Its name on the bus. */
  readonly name: string;
  /** Asks what it is now; called again whenever its name gets an owner, loses it or changes it. */
  readonly look: (bus: SessionBus) => Promise<State>;
  /** What holds without a bus, and where asking fails: also for one that is gone and that the bus cannot start again. */
  readonly absent: State;
}

/**
 * Follows a service on the session bus. Calls `onChange` with the present truth before it resolves, then with each change; of two
 * answers that overtake each other the newer question's counts. Resolves to the unsubscribe.
 */
export async function followService<State>(
  { name, look, absent }: FollowedService<State>,
  onChange: (state: State) => void,
  onError: (cause: unknown) => void,
): Promise<() => void> {
  const gone = (cause: unknown): void => {
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
        if (own === looks) onChange(state);
      } catch (cause) {
        if (own === looks) gone(cause);
      }
    };
    bus.onOwnerChange(name, () => void lookAgain());
    await lookAgain();
    return bus.close;
  } catch (cause) {
    gone(cause);
    return () => undefined;
  }
}
