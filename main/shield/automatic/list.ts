import type { AutomaticRule } from '../../../preload/contract/automatic-rules.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { ownRulesOf, type StoredAutomaticRule } from './automatic-rule.ts';
import type { AutomaticRulesOfAccount } from './store.ts';

/** The automatic rules of an account while they are worked on: what is kept of them, and what only this run knows. */
export class AutomaticRuleList {
  readonly #kept: AutomaticRulesOfAccount;
  readonly #onChange: (all: readonly AutomaticRule[]) => void;
  readonly #rules = new Map<string, StoredAutomaticRule>();
  readonly #busy = new Set<string>();
  readonly #seenAtMs = new Map<string, number>();

  constructor(kept: AutomaticRulesOfAccount, onChange: (all: readonly AutomaticRule[]) => void) {
    this.#kept = kept;
    this.#onChange = onChange;
  }

  /** Reads what earlier runs have left. */
  load(): void {
    for (const rule of this.#kept.all()) this.#rules.set(rule.id, rule);
    this.tell();
  }

  all(): readonly StoredAutomaticRule[] {
    return [...this.#rules.values()];
  }

  /** One of a kind by its id. */
  get<K extends StoredAutomaticRule['kind']>(kind: K, id: string) {
    const found = this.#rules.get(id);
    return found?.kind === kind ? (found as Extract<StoredAutomaticRule, { kind: K }>) : undefined;
  }

  /** Ends once a rule is on the disk as it stands. */
  keep(rule: StoredAutomaticRule): Promise<Result<undefined>> {
    this.#rules.set(rule.id, rule);
    this.tell();
    return this.#kept.keep(rule);
  }

  /** The app has nothing more to do with it. */
  drop({ id }: StoredAutomaticRule): Promise<Result<undefined>> {
    this.#rules.delete(id);
    this.#seenAtMs.delete(id);
    this.tell();
    return this.#kept.drop(id);
  }

  /** The instance has said from where it sees this computer. */
  saw({ id }: StoredAutomaticRule, atMs: number): void {
    this.#seenAtMs.set(id, atMs);
    this.tell();
  }

  isBusy({ id }: StoredAutomaticRule): boolean {
    return this.#busy.has(id);
  }

  /** Does something with a rule while nothing else is done with it; `taken` where something is. */
  async alone<T>({ id }: StoredAutomaticRule, task: () => Promise<T>, taken: T): Promise<T> {
    if (this.#busy.has(id)) return taken;
    this.#busy.add(id);
    this.tell();
    try {
      return await task();
    } finally {
      this.#busy.delete(id);
      this.tell();
    }
  }

  tell(): void {
    this.#onChange(this.shown());
  }

  /** As the window shows them. */
  shown(): readonly AutomaticRule[] {
    return this.all().map((rule) =>
      shownRule(rule, this.#busy.has(rule.id), this.#seenAtMs.get(rule.id) ?? null),
    );
  }
}

/** A rule as the window shows it. */
export function shownRule(
  rule: StoredAutomaticRule,
  isBusy: boolean,
  seenAtMs: number | null,
): AutomaticRule {
  const { id, ipId, address, problem } = rule;
  const ruleIds = ownRulesOf(rule).flatMap(({ ruleId }) => (ruleId === null ? [] : ruleId));
  const base = { id, ipId, address, problem, isBusy, ruleIds };
  return rule.kind === 'timed-block'
    ? { ...base, kind: rule.kind, source: rule.own.cidr, endsAtMs: rule.endsAtMs }
    : {
        ...base,
        kind: rule.kind,
        source: rule.target,
        letsIn: rule.rules.flatMap(({ cidr, ruleId }) => (ruleId === null ? [] : cidr)),
        instanceId: rule.instanceId,
        port: rule.port,
        seenAtMs,
      };
}
