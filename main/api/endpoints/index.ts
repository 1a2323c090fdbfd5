import type * as z from 'zod/mini';
import type { ReadRow } from '../read/shapes.ts';
import type { EndpointId } from '../routes.ts';
import { agentEndpoints } from './agent.ts';
import { catalogEndpoints } from './catalog.ts';
import type { AnyEndpoint, Decode } from './define.ts';
import { instanceEndpoints } from './instances.ts';
import { keyEndpoints } from './keys.ts';
import { meEndpoints } from './me.ts';
import { shieldEndpoints } from './shield.ts';
import { wafEndpoints } from './waf.ts';
import { walletEndpoints } from './wallet.ts';

/** What each endpoint of the table takes and gives. */
export const endpoints = {
  ...meEndpoints,
  ...instanceEndpoints,
  ...agentEndpoints,
  ...shieldEndpoints,
  ...wafEndpoints,
  ...walletEndpoints,
  ...catalogEndpoints,
  ...keyEndpoints,
} as const satisfies Readonly<Record<EndpointId, AnyEndpoint>>;

type Endpoints = typeof endpoints;

/** What a request to an endpoint takes: `path`, `query` and `body`, with the API's names. */
export type EndpointInput<Id extends EndpointId> = z.input<Endpoints[Id]['input']>;

/** What a request to an endpoint gives: a decoded answer, or the decoded rows of a list. */
export type EndpointOutput<Id extends EndpointId> = Endpoints[Id] extends {
  decode: Decode<never, infer O>;
}
  ? O
  : Endpoints[Id] extends { readRow: ReadRow<infer T> }
    ? readonly T[]
    : never;
