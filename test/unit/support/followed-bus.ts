import { afterEach, beforeEach, expect, vi } from 'vitest';
import { startPrivateBus, type PrivateBus } from '../../support/dbus/private-bus.ts';

/** Something on the session bus that is followed: tells what is there now and later, gives what ends the following. */
type Follow<Told> = (onTold: (told: Told) => void, onError: (cause: unknown) => void) => Promise<() => void>;

/** What a suite sees that follows something on a session bus of its own. */
export interface FollowedBus<Told> {
  /** The bus of the test that runs. */
  readonly bus: () => PrivateBus;
  /** All that was told in this test, oldest first. */
  readonly told: readonly Told[];
  readonly errors: readonly unknown[];
  readonly follow: () => Promise<void>;
  /** Something to close when the test is over. */
  readonly endsWith: (end: () => void) => void;
  /** Resolves once this was told last; throws after ten seconds. */
  readonly lastAnnounced: (expected: Told) => Promise<void>;
}

/** Gives each test of the suite around it a session bus, and ends all that it began. */
export function followedBus<Told>(follow: Follow<Told>): FollowedBus<Told> {
  let bus: PrivateBus;
  const told: Told[] = [];
  const errors: unknown[] = [];
  const ends: (() => void)[] = [];
  beforeEach(async () => {
    bus = await startPrivateBus();
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) end();
    told.length = 0;
    errors.length = 0;
    vi.unstubAllEnvs();
    await bus.close();
  });
  return {
    bus: () => bus,
    told,
    errors,
    follow: async () => {
      ends.push(
        await follow(
          (now) => told.push(now),
          (cause) => errors.push(cause),
        ),
      );
    },
    endsWith: (end) => ends.push(end),
    lastAnnounced: (expected) => vi.waitFor(() => expect(told.at(-1)).toEqual(expected), { timeout: 10_000 }),
  };
}
