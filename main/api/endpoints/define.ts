import * as z from 'zod/mini';
import type { Report } from '../read/drift.ts';
import type { ReadRow } from '../read/shapes.ts';
import type { UrlValues } from '../request-url.ts';

/** A request as it is sent: nothing but what the endpoint's schema let through. */
export interface WireInput {
  readonly path?: UrlValues | undefined;
  readonly query?: UrlValues | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/** Limits of one request, where an endpoint differs from the others. */
export interface Limits {
  /** From the first byte sent to the last one received, repetitions included. */
  readonly deadlineMs: number;
  /** Of the body, decompressed. */
  readonly bodyBytes: number;
  /** How many pages of a list are followed. */
  readonly pages: number;
  /** How many rows of a list are wanted. */
  readonly rows: number;
}

/**
 * Decodes the body of an answer; undefined is an empty one. Null where it cannot be read as what the endpoint
 * promises. Never throws: a body is somebody else's text.
 */
export type Decode<I, O> = (body: unknown, report: Report, input: I) => O | null;

interface Common<I> {
  /** Guards what is sent; its output is the request, with the API's names. */
  readonly input: z.ZodMiniType<WireInput, I>;
  readonly limits: Partial<Limits>;
}

/** An endpoint with one thing as its answer. */
export interface AnswerEndpoint<I, O> extends Common<I> {
  readonly kind: 'answer';
  readonly decode: Decode<I, O>;
}

/** What each row of a list has: repeated rows and changed ones are found by it. */
export interface Identified {
  readonly id: string;
}

/** An endpoint with a list as its answer: pages are followed, a bad row degrades alone. */
export interface ListEndpoint<I, T extends Identified> extends Common<I> {
  readonly kind: 'list';
  readonly readRow: ReadRow<T>;
  /** The last answer is kept, so that an unchanged one costs next to nothing. */
  readonly isPolled: boolean;
}

/** Any endpoint, where it does not matter what it takes and gives. */
export type AnyEndpoint = AnyAnswer | AnyList;
type AnyAnswer = Omit<AnswerEndpoint<never, unknown>, 'input'> & AnyInput;
export type AnyList = Omit<ListEndpoint<never, Identified>, 'input'> & AnyInput;
interface AnyInput {
  readonly input: z.ZodMiniType<WireInput>;
}

/** Declares an endpoint with one thing as its answer. */
export function answer<I, O>(
  input: z.ZodMiniType<WireInput, I>,
  decode: Decode<I, O>,
  limits: Partial<Limits> = {},
): AnswerEndpoint<I, O> {
  return { kind: 'answer', input, decode, limits };
}

/** Declares an endpoint with a list as its answer. */
export function list<I, T extends Identified>(
  input: z.ZodMiniType<WireInput, I>,
  readRow: ReadRow<T>,
  limits: Partial<Limits> = {},
): ListEndpoint<I, T> {
  return { kind: 'list', input, readRow, limits, isPolled: false };
}

/** Declares a list that is asked for again and again: see `createListMemo`. */
export function polledList<I, T extends Identified>(
  ...args: Parameters<typeof list<I, T>>
): ListEndpoint<I, T> {
  return { ...list(...args), isPolled: true };
}

/** What an endpoint answers that only says "done": the body is not looked at. */
export const done = (): { readonly done: true } => ({ done: true });

/** Input of an endpoint without parameters. */
export const nothing = z.object({});

/** An id of the API in a path: opaque, neither empty nor endless. */
export const pathId = z.string().check(z.minLength(1), z.maxLength(200));

/** Input of an endpoint with one id in its path. */
export const byId = z.object({ path: z.object({ id: pathId }) });

/**
 * An id of the API in a body. The reference has integers there, while ids are opaque texts in the app: digits
 * go out as a number, all else as it is. 0 is the reference's placeholder and no id.
 */
export const bodyId = z.pipe(
  z.string().check(
    z.minLength(1),
    z.maxLength(200),
    z.refine((id) => !/^0+$/.test(id)),
  ),
  z.transform((id) => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : id)),
);

/** A text that the API requires. */
export const requiredText = z.string().check(z.minLength(1), z.maxLength(20_000));
