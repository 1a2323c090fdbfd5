import type { LockoutVerdict } from '../../../preload/contract/firewall.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { judgeLockout } from '../../domain/index.ts';
import { readProfile, type KnownProfile } from '../review.ts';
import { entryOf, type StoredAddressRule } from './automatic-rule.ts';
import { carryStep } from './carry-step.ts';
import { lookFor } from './decide.ts';
import { moveOn, type Moved } from './move-on.ts';
import { movedNotice, notMovedNotice } from './notices.ts';
import { broken, busy, gone, refused, type Attempt, type AutomaticParts } from './parts.ts';
import { seenAddress, typedAddress } from './seen-address.ts';

/** Keeps rules that let this computer in up to date with its address. */
export class AddressRules {
  readonly #parts: AutomaticParts;
  /** Those whose address was to be asked for while something else was done with them. */
  readonly #again = new Set<string>();

  constructor(parts: AutomaticParts) {
    this.#parts = parts;
  }

  all(): readonly StoredAddressRule[] {
    return this.#parts.list.all().filter((rule) => rule.kind === 'address-rule');
  }

  /** Lets this computer in by a port, and answers once the rules show it. Nothing is sent where it is `refused`. */
  follow(request: {
    readonly ipId: ShieldIpId;
    readonly port: number;
    /** As the user has typed it; null: as an open SSH session has it. */
    readonly address: string | null;
  }): Promise<Result<{ readonly cidr: string }>> {
    const { ipId, port, address: typed } = request;
    return this.#holding(ipId, async () => {
      if (this.all().some((rule) => rule.ipId === ipId && rule.port === port))
        return refused(`Port ${port} of this address follows yours already.`);
      const profile = await readProfile(this.#parts.client, ipId);
      if (!profile.ok) return profile;
      const { address, instanceId } = profile.value;
      const seen =
        typed === null ? await seenAddress(this.#parts, profile.value) : typedAddress(typed, profile.value);
      if (!seen.ok) return seen;
      const { cidr: target, serverAddress } = seen.value;
      const owner = this.#parts.ownerOf(profile.value);
      const rule: StoredAddressRule = {
        kind: 'address-rule',
        id: this.#parts.newId(),
        ipId,
        address,
        instanceId: owner?.id ?? instanceId,
        problem: null,
        port,
        serverAddress,
        target,
        rules: [],
      };
      if (typed === null) this.#parts.list.saw(rule, this.#parts.clock.now());
      const as = { actor: 'person', detail: `Port ${port} follows your address ${target}.` } as const;
      const moved = await this.#parts.list.alone(rule, () => moveOn(this.#parts, rule, false, as), null);
      if (moved?.end === 'done') return ok({ cidr: target });
      if (moved?.end === 'stopped' && rule.rules.some(({ state }) => state !== 'refused'))
        return fail({ kind: 'unknown-outcome', message: moved.problem } as const);
      if (!this.#parts.signal.aborted) await this.#parts.list.drop(rule);
      return refused(moved === null || moved.end === 'aborted' ? 'Nothing was sent.' : moved.problem);
    });
  }

  /** Asks from where the instance sees this computer, and lets in from there where that has changed. Never throws. */
  async check(rule: StoredAddressRule): Promise<Attempt> {
    const { list } = this.#parts;
    if (list.isBusy(rule)) {
      this.#again.add(rule.id);
      return 'over';
    }
    const attempt = await list.alone<Attempt>(rule, () => this.#check(rule), 'later');
    return this.#again.delete(rule.id) ? this.check(rule) : attempt;
  }

  async #check(rule: StoredAddressRule): Promise<Attempt> {
    const { accountId, clock, list, onNotices, signal } = this.#parts;
    const former = rule.target;
    if (!(await this.#look(rule))) return 'over';
    const before = rule.problem;
    const formers = rule.rules.flatMap(({ cidr, state }) =>
      cidr === rule.target || state === 'refused' ? [] : cidr,
    );
    const detail = former === rule.target ? null : `Your address changed from ${former} to ${rule.target}.`;
    const moved = await this.#move(rule, false, { actor: 'app', detail });
    if (signal.aborted || moved.end === 'aborted') return 'stopped';
    if (moved.end === 'not-now') {
      // The address is looked at again: what it was is still what the rules let in.
      if (rule.rules.every(({ cidr }) => cidr !== rule.target)) rule.target = former;
      list.tell();
      return 'later';
    }
    // What an earlier check has told is not told again.
    if (moved.end === 'stopped' && before === null)
      onNotices([notMovedNotice(accountId, rule, moved.problem, clock.now())]);
    if (moved.end === 'done' && rule.target !== former)
      onNotices([movedNotice(accountId, rule, formers, clock.now())]);
    return 'over';
  }

  /** Whether the instance says from where it sees this computer; the rule is told. */
  async #look(rule: StoredAddressRule): Promise<boolean> {
    const { clock, list } = this.#parts;
    const seen = await seenAddress(this.#parts, rule);
    if (!seen.ok) return false;
    const { cidr, serverAddress } = seen.value;
    // The user has typed where they are: the session that says the same tells by which way it comes in.
    if (rule.serverAddress === null && cidr === rule.target) rule.serverAddress = serverAddress;
    // A session by another way, as over a private network, says nothing of what Shield sees.
    if (serverAddress !== rule.address && serverAddress !== rule.serverAddress) return false;
    list.saw(rule, clock.now());
    aim(rule, cidr);
    return true;
  }

  /** A person wants to go on with a rule that has a problem, or says from where it is to let in. */
  async move(id: string, typed: string | null): Promise<Result<undefined>> {
    const { list } = this.#parts;
    const rule = list.get('address-rule', id);
    if (rule === undefined) return gone;
    return list.alone<Result<undefined>>(
      rule,
      async () => {
        const former = rule.target;
        if (typed === null) await this.#look(rule);
        else {
          const seen = typedAddress(typed, rule);
          if (!seen.ok) return seen;
          aim(rule, seen.value.cidr);
        }
        const moved = await this.#move(rule, true, {
          actor: 'person',
          detail: `Port ${rule.port} follows your address ${rule.target}.`,
        });
        if (moved.end === 'done') return ok(undefined);
        if (moved.end === 'aborted') return fail({ kind: 'aborted' } as const);
        if (moved.end === 'not-now' && rule.rules.every(({ cidr }) => cidr !== rule.target))
          rule.target = former;
        return refused(moved.problem);
      },
      busy,
    );
  }

  /** Whether SSH from where a rule lets in stays by its port, once it is removed. */
  async reviewStop(id: string): Promise<Result<LockoutVerdict>> {
    const rule = this.#parts.list.get('address-rule', id);
    if (rule === undefined) return gone;
    const profile = await readProfile(this.#parts.client, rule.ipId);
    return profile.ok ? ok(this.#judgeStop(rule, profile.value)) : profile;
  }

  #judgeStop(rule: StoredAddressRule, profile: KnownProfile): LockoutVerdict {
    const steps = present(rule, profile).map(({ rule: before }) => ({ kind: 'delete', before }) as const);
    if (steps.length === 0) return { verdict: 'safe', reason: 'Its rule is not there any more.' };
    const address = rule.target.split('/')[0] ?? rule.target;
    return judgeLockout(profile, steps, { address, sshPort: rule.port });
  }

  /** Follows no longer. Error: `refused` where the rule is to be removed, and that would cut SSH. */
  async stop(id: string, removesRule: boolean): Promise<Result<undefined>> {
    const { list } = this.#parts;
    const rule = list.get('address-rule', id);
    if (rule === undefined) return gone;
    return list.alone(
      rule,
      async () => {
        if (!removesRule) return list.drop(rule);
        return this.#holding(rule.ipId, () => this.#remove(rule));
      },
      busy,
    );
  }

  async #remove(rule: StoredAddressRule): Promise<Result<undefined>> {
    const { client, list } = this.#parts;
    const profile = await readProfile(client, rule.ipId);
    if (!profile.ok) return profile;
    const { verdict, reason } = this.#judgeStop(rule, profile.value);
    if (verdict === 'cuts') return refused(`${reason} Keep the rule, or remove it in a reviewed change.`);
    const as = { actor: 'person', detail: `Port ${rule.port} follows your address no longer.` } as const;
    for (const { own, rule: before } of present(rule, profile.value)) {
      own.ruleId = before.id;
      const carried = await carryStep(
        this.#parts,
        rule,
        { own, body: entryOf(own.cidr, rule.port), kind: 'delete' },
        as,
      );
      if (carried.state === 'aborted') return fail({ kind: 'aborted' });
      if (carried.state !== 'done') {
        if (carried.state !== 'not-sent') rule.problem = carried.detail;
        await list.keep(rule);
        return refused(carried.detail);
      }
      rule.rules = rule.rules.filter((each) => each !== own);
    }
    return list.drop(rule);
  }

  #move(rule: StoredAddressRule, isAsked: boolean, as: Parameters<typeof moveOn>[3]): Promise<Moved> {
    const { changes, onBug } = this.#parts;
    const bug: Moved = { end: 'stopped', problem: 'Something went wrong in the app.' };
    const moving = changes.hold(
      rule.ipId,
      () => moveOn(this.#parts, rule, isAsked, as),
      (cause) => {
        onBug(cause);
        return bug;
      },
    );
    return moving ?? Promise.resolve({ end: 'not-now', problem: busy.error.message });
  }

  #holding<T>(ipId: ShieldIpId, task: () => Promise<Result<T>>): Promise<Result<T>> {
    const { changes, onBug } = this.#parts;
    const held = changes.hold<Result<T>>(ipId, task, (cause) => {
      onBug(cause);
      return broken;
    });
    return held ?? Promise.resolve(busy);
  }
}

/** Says from where a rule is to let in; what went wrong with an earlier address is past. */
function aim(rule: StoredAddressRule, cidr: string): void {
  if (rule.target === cidr) return;
  rule.target = cidr;
  rule.problem = null;
  rule.rules = rule.rules.filter(({ state }) => state !== 'refused');
}

/** The rules of Shield that it has made and that are as they were sent. */
function present(rule: StoredAddressRule, profile: KnownProfile) {
  return rule.rules.flatMap((own) => {
    const found = lookFor(profile, own, entryOf(own.cidr, rule.port));
    return found.is === 'there' ? [{ own, rule: found.rule }] : [];
  });
}
