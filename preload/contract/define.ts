import type { ZodMiniType } from 'zod/mini';
import type { Result } from './result.ts';

/** Carries a type and nothing else: what a call answers or a push brings is trusted, it comes from main. */
export interface Shape<T> {
  readonly phantom?: T;
}

/** Names a type inside the contract's value. */
export function shape<T>(): Shape<T> {
  return {};
}

/** A request of the renderer to main. `input` guards the one argument, which arrives as `unknown`. */
export interface Call<I = unknown, O = unknown> {
  readonly kind: 'call';
  readonly input: ZodMiniType<I>;
  readonly output: Shape<O>;
}

/** A message of main to the renderer. */
export interface Push<T = unknown> {
  readonly kind: 'push';
  readonly payload: Shape<T>;
}

/** Declares a call: the guard of its argument and the type of its answer. */
export function call<I, O>(input: ZodMiniType<I>, output: Shape<O>): Call<I, O> {
  return { kind: 'call', input, output };
}

/** Declares a push: the type of what it brings. */
export function push<T>(payload: Shape<T>): Push<T> {
  return { kind: 'push', payload };
}

/** Domains, each with its calls and pushes by name. The channel of one is `domain.name`. */
export type ContractShape = Readonly<Record<string, Readonly<Record<string, Call | Push>>>>;

/** What the renderer holds: a call becomes a function, a push a subscription that returns its unsubscribe. */
export type ClientOf<C extends ContractShape> = {
  readonly [D in keyof C]: {
    readonly [N in keyof C[D]]: C[D][N] extends Call<infer I, infer O>
      ? (input: I) => Promise<Result<O>>
      : C[D][N] extends Push<infer T>
        ? (listener: (payload: T) => void) => () => void
        : never;
  };
};

/** What main provides: a handler for each call, which gets its argument guarded. */
export type HandlersOf<C extends ContractShape> = {
  readonly [D in keyof C]: {
    readonly [N in keyof C[D] as C[D][N] extends Call ? N : never]: C[D][N] extends Call<infer I, infer O>
      ? (input: I) => Promise<Result<O>> | Result<O>
      : never;
  };
};

/** What main publishes with: one function for each push. */
export type PublishersOf<C extends ContractShape> = {
  readonly [D in keyof C]: {
    readonly [N in keyof C[D] as C[D][N] extends Push ? N : never]: C[D][N] extends Push<infer T>
      ? (payload: T) => void
      : never;
  };
};

/** Makes something of each call and each push of a contract, in the contract's own shape. */
export function mapContract<Made>(
  contract: ContractShape,
  make: (channel: string, entry: Call | Push) => Made,
): Record<string, Record<string, Made>> {
  return mapChannels(contract, make);
}

/** The same of any table by domain and name. */
export function mapChannels<Entry, Made>(
  table: Readonly<Record<string, Readonly<Record<string, Entry>>>>,
  make: (channel: string, entry: Entry) => Made,
): Record<string, Record<string, Made>> {
  return Object.fromEntries(
    Object.entries(table).map(([domain, entries]) => [
      domain,
      Object.fromEntries(
        Object.entries(entries).map(([name, entry]) => [name, make(`${domain}.${name}`, entry)]),
      ),
    ]),
  );
}
