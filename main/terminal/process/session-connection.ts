import type { Reconnecting } from './reconnecting.ts';
import type { RoutedListener, RoutedParts } from './routed-connection.ts';
import { sessionAuthentication } from './session-authentication.ts';
import type { SessionState } from './session-state.ts';
import type { SessionParts } from './session.ts';

/** What a connection of a session is made with, and tells it, whatever the session is for. */
export function sessionConnection(
  parts: SessionParts,
  state: SessionState,
  reconnecting: Reconnecting,
): {
  readonly parts: RoutedParts;
  readonly listener: Omit<RoutedListener, 'use' | 'said' | 'ended'>;
} {
  const { clock, limits, surroundings, knownHosts, expectsNewKey, newKeyTaken, onRoute } = parts;
  return {
    parts: {
      clock,
      limits,
      surroundings,
      knownHosts,
      expectsNewKey,
      newKeyTaken,
      authentication: (hop, carried) =>
        sessionAuthentication(hop, parts, carried, (question) => reconnecting.ask(question)),
    },
    listener: {
      phase: (phase, jumpHost) => state.set(jumpHost === null ? { phase } : { phase, jumpHost }),
      askHostKey: (key, hop) => reconnecting.askHostKey(key, hop),
      routed: onRoute,
      keyChanged: (knownAs) => state.keyChanged(knownAs),
      opened: () => {
        reconnecting.opened();
        state.set({ phase: 'open', latencyMs: null });
      },
      latency: (latencyMs) => state.set({ phase: 'open', latencyMs }),
      doubt: () => state.doubt(),
    },
  };
}
