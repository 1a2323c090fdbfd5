import * as z from 'zod/mini';
import { routes, type EndpointId } from '../../api/routes.ts';

/** An endpoint of the table, or all of them. */
const target = z.union([
  z.literal('*'),
  z.string().check(z.refine((id) => Object.hasOwn(routes, id), 'The endpoint is not in the table.')),
]);

const common = {
  endpoint: target,
  /** How many requests it hits; without it, all until the faults are cleared. */
  times: z.optional(z.int().check(z.gte(1))),
};

/** What can go wrong with a request, on purpose. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** The answer comes `latencyMs` later, in real time. */
  z.object({ ...common, kind: z.literal('latency'), latencyMs: z.number() }),
  /** The connection ends before anything happened. */
  z.object({ ...common, kind: z.literal('drop-before') }),
  /** It happens, and the connection ends without an answer. */
  z.object({ ...common, kind: z.literal('drop-after') }),
  /** Nothing happens; this status is answered, with what is wrong of each field. `retryAfter` is sent as it is, also nonsense. */
  z.object({
    ...common,
    kind: z.literal('status'),
    status: z.int().check(z.gte(400), z.lte(599)),
    message: z.optional(z.string()),
    errors: z.optional(z.record(z.string(), z.array(z.string()))),
    retryAfter: z.optional(z.string()),
  }),
  /** A page as a proxy shows it, with 200 unless told otherwise. */
  z.object({ ...common, kind: z.literal('html'), status: z.optional(z.int()) }),
  /** It happens, and half of the answer's JSON arrives. */
  z.object({ ...common, kind: z.literal('truncated') }),
  /** It happens, and one byte of the answer arrives every `intervalMs` (default 1,000), in real time. */
  z.object({ ...common, kind: z.literal('slow-loris'), intervalMs: z.optional(z.number()) }),
  /** Nothing happens; the client is sent elsewhere. */
  z.object({
    ...common,
    kind: z.literal('redirect'),
    location: z.string(),
    status: z.optional(z.int()),
  }),
  /** Valid JSON of `bytes` (default 200 MB). */
  z.object({ ...common, kind: z.literal('huge'), bytes: z.optional(z.int()) }),
  /** A small gzip body that unpacks to `bytes` (default 1 GB). */
  z.object({ ...common, kind: z.literal('gzip-bomb'), bytes: z.optional(z.int()) }),
  /** It happens, and the answer's rows are not as the reference has them. */
  z.object({
    ...common,
    kind: z.literal('drift'),
    drift: z.optional(
      z.enum(['unknown-status', 'nulls', 'numeric-ids', 'extra-keys', 'bad-row', 'words-for-numbers']),
    ),
  }),
]);
export type Fault = z.infer<typeof faultSchema>;

/** The faults that are in force. */
export class FaultList {
  #faults: { readonly fault: Fault; remaining: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, remaining: fault.times ?? Infinity });
  }

  clear(): void {
    this.#faults = [];
  }

  all(): readonly Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  /** The fault that hits this request, the oldest first; it is used up by it. */
  take(endpoint: EndpointId): Fault | undefined {
    const entry = this.#faults.find(({ fault }) => fault.endpoint === '*' || fault.endpoint === endpoint);
    if (!entry) return undefined;
    entry.remaining -= 1;
    if (entry.remaining <= 0) this.#faults = this.#faults.filter((other) => other !== entry);
    return entry.fault;
  }
}
