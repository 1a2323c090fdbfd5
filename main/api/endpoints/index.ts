import type * as z from 'zod/mini';
import type { ReadRow } from '../read/shapes.ts';
import type { Decode } from './define.ts';
import { instanceEndpoints } from './instances.ts';
import { meEndpoints } from './me.ts';
import { walletEndpoints } from './wallet.ts';

/** What each endpoint takes and gives, on top of the table of `routes`. */
export const endpoints = {
  ...meEndpoints,
  ...instanceEndpoints,
  ...walletEndpoints,
} as const;

type Endpoints = typeof endpoints;
export type CallableId = keyof Endpoints;

/** What a request to an endpoint takes: `path`, `query` and `body`, with the API's names. */
export type EndpointInput<Id extends CallableId> = z.input<Endpoints[Id]['input']>;

/** What a request to an endpoint gives: a decoded answer, or the decoded rows of a list. */
export type EndpointOutput<Id extends CallableId> = Endpoints[Id] extends {
  decode: Decode<never, infer O>;
}
  ? O
  : Endpoints[Id] extends { readRow: ReadRow<infer T> }
    ? readonly T[]
    : never;
