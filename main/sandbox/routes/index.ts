import type { Handlers } from '../http/handler.ts';
import type { World } from '../state/world.ts';
import { agentHandlers } from './agent.ts';
import { authHandlers } from './auth.ts';
import { catalogHandlers } from './catalog.ts';
import { instanceHandlers } from './instances.ts';
import { keyHandlers } from './keys.ts';
import { provisioningHandlers } from './provisioning.ts';
import { shieldHandlers } from './shield.ts';
import { trafficHandlers } from './traffic.ts';
import { wafHandlers } from './waf.ts';
import { walletHandlers } from './wallet.ts';

/** The handlers of all 54 endpoints on one world. */
export function createHandlers(world: World): Handlers {
  return {
    ...authHandlers(world),
    ...instanceHandlers(world),
    ...provisioningHandlers(world),
    ...agentHandlers(world),
    ...shieldHandlers(world),
    ...trafficHandlers(world),
    ...wafHandlers(world),
    ...walletHandlers(world),
    ...catalogHandlers(world),
    ...keyHandlers(world),
  };
}
