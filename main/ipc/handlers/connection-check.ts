import type { ConnectionChecks } from '../../connection-check/index.ts';
import { done, type Domain } from './shared.ts';

/** Answers the calls of the domain `connectionCheck`. */
export function createConnectionCheckHandlers(checks: ConnectionChecks): Domain<'connectionCheck'> {
  return {
    start: ({ instanceId }) => checks.start(instanceId),
    stop: () => {
      checks.stop();
      return done;
    },
  };
}
