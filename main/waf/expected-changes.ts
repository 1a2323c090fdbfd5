import type { WafAppId } from '../../preload/contract/brands.ts';
import type { Clock } from '../clock/index.ts';
import type { WafChange } from '../domain/index.ts';

/** A change that is being made from this app: what is seen of it is no news. */
export type ExpectedWafChange =
  | { readonly kind: 'app-created'; readonly name: string }
  | { readonly kind: Exclude<WafChange['kind'], 'app-created'>; readonly appId: WafAppId };

/** A change that is seen this long after it was asked for here is still the user's own. */
const ownForMs = 600_000;

/** The changes that were asked for here and not seen yet; each of them explains one that is seen. */
export class ExpectedChanges {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #expected: readonly { readonly change: ExpectedWafChange; readonly atMs: number }[] = [];

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** A change is about to be sent. Gives what takes that back, where it was refused. */
  expect(change: ExpectedWafChange): () => void {
    const entry = { change, atMs: this.#clock.monotonicMs() };
    // The last word on a firewall is the one that counts.
    const others = this.#expected.filter(
      (each) => !(isOfFirewall(change) && isOfFirewall(each.change, change)),
    );
    this.#expected = [...others, entry];
    return () => {
      this.#expected = this.#expected.filter((each) => each !== entry);
    };
  }

  /** Whether a change that was seen is one of them, which it then no longer is. */
  take(seen: WafChange): boolean {
    const sinceMs = this.#clock.monotonicMs() - ownForMs;
    this.#expected = this.#expected.filter(({ atMs }) => atMs >= sinceMs);
    const found = this.#expected.find(({ change }) => isSame(change, seen));
    this.#expected = this.#expected.filter((each) => each !== found);
    return found !== undefined;
  }
}

function isOfFirewall(change: ExpectedWafChange, of: ExpectedWafChange = change): boolean {
  const isFirewall = change.kind === 'firewall-on' || change.kind === 'firewall-off';
  return isFirewall && 'appId' in of && change.appId === of.appId;
}

function isSame(change: ExpectedWafChange, { kind, app }: WafChange): boolean {
  if (change.kind !== kind) return false;
  return change.kind === 'app-created' ? change.name === app.name : change.appId === app.id;
}
