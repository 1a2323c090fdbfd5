import type { AutomaticRule } from '../../../preload/contract/automatic-rules.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import type { LockoutVerdict, ShieldPeer } from '../../../preload/contract/firewall.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import type { TerminalSession } from '../../../preload/contract/terminal.ts';
import { inBackground } from '../../tasks/index.ts';
import { peerOf } from '../peer.ts';
import { readProfile } from '../review.ts';
import { AddressRules } from './address-rules.ts';
import { AutomaticRuleList } from './list.ts';
import { busy, gone, type AutomaticParts, type AutomaticRulesOptions, type Attempt } from './parts.ts';
import { TimedBlocks, type TimedBlockRequest } from './timed-blocks.ts';

/** Clocks jump and machines sleep: so often they are compared with what is due, whatever was waited for. */
const lookEveryMs = 30_000;
/** What could not be done for now is tried again after so long. */
const againAfterMs = 5_000;
/** So often an open session is asked from where it comes. */
export const askEveryMs = 5 * 60_000;

/** What the app does to one account's firewalls by itself, while it runs: it ends timed blocks and follows addresses. */
export class AutomaticRules {
  readonly #parts: AutomaticParts;
  readonly #blocks: TimedBlocks;
  readonly #addresses: AddressRules;
  readonly #ended = new AbortController();
  readonly #open = new Set<string>();
  #cancelLook = (): void => undefined;
  #askedAtMs = -Infinity;
  #isLooking = false;
  /** It was to look while it looked. */
  #isToLookAgain = false;

  constructor(options: AutomaticRulesOptions) {
    const list = new AutomaticRuleList(options.kept, options.onChange);
    this.#parts = { ...options, list, signal: this.#ended.signal };
    this.#blocks = new TimedBlocks(this.#parts);
    this.#addresses = new AddressRules(this.#parts);
  }

  /** Takes up what earlier runs have left: blocks whose end has passed are ended now. None of their requests is sent again. */
  takeUp(): void {
    const { list, onBug } = this.#parts;
    list.load();
    inBackground(async () => {
      const unsettled = list.all().filter((rule) => rule.kind === 'timed-block');
      await Promise.all(unsettled.map((block) => this.#blocks.settle(block)));
      this.#lookNow();
    }, onBug);
  }

  /** All of the account, as the window shows them. */
  shown(): readonly AutomaticRule[] {
    return this.#parts.list.shown();
  }

  /** Blocks a reviewed source until a time; see {@link TimedBlocks.add}. */
  async block(request: TimedBlockRequest): ReturnType<TimedBlocks['add']> {
    const added = await this.#blocks.add(request);
    this.#lookLater(lookEveryMs);
    return added;
  }

  /** Ends a timed block now. */
  end(id: string): Promise<Result<undefined>> {
    return this.#blocks.endNow(id);
  }

  /** From where the instance behind a protected address sees this computer, by an open SSH session. */
  async peer(ipId: ShieldIpId): Promise<Result<ShieldPeer>> {
    const profile = await readProfile(this.#parts.client, ipId);
    return profile.ok ? ok(await peerOf(this.#parts, profile.value)) : profile;
  }

  /** Lets this computer in by a port, and follows its address; see {@link AddressRules.follow}. */
  async follow(request: Parameters<AddressRules['follow']>[0]): ReturnType<AddressRules['follow']> {
    const followed = await this.#addresses.follow(request);
    this.#lookLater(lookEveryMs);
    return followed;
  }

  /** Goes on with an address rule that has a problem, or moves it to an address that the user says. */
  move(id: string, address: string | null): Promise<Result<undefined>> {
    return this.#addresses.move(id, address);
  }

  /** Whether SSH stays where the rule of an address rule is removed. */
  reviewStop(id: string): Promise<Result<LockoutVerdict>> {
    return this.#addresses.reviewStop(id);
  }

  /** Follows an address no longer. */
  stopFollowing(id: string, removesRule: boolean): Promise<Result<undefined>> {
    return this.#addresses.stop(id, removesRule);
  }

  /** Takes a rule off the list; in Shield it stays as it is. */
  async forget(id: string): Promise<Result<undefined>> {
    const { list } = this.#parts;
    const rule = list.all().find((each) => each.id === id);
    if (rule === undefined) return gone;
    return list.isBusy(rule) ? busy : list.drop(rule);
  }

  /** The terminal sessions, of any account: a new one may come from another address. */
  sessionsChanged(sessions: readonly Pick<TerminalSession, 'id' | 'state'>[]): void {
    const open = sessions.flatMap(({ id, state }) => (state.phase === 'open' ? id : []));
    const isNew = open.some((id) => !this.#open.has(id));
    this.#open.clear();
    for (const id of open) this.#open.add(id);
    if (isNew) this.checkAddresses();
  }

  /** The network may be another one, or the machine woke: what is due is done, and addresses are asked for. */
  checkAddresses(): void {
    this.#askedAtMs = -Infinity;
    this.#lookNow();
  }

  /** The account is signed out, or the app quits: nothing more is sent. */
  stop(): void {
    this.#ended.abort();
    this.#cancelLook();
  }

  #lookLater(delayMs: number): void {
    const { clock } = this.#parts;
    this.#cancelLook();
    if (this.#ended.signal.aborted || this.#parts.list.all().length === 0) return;
    const nextEndMs = this.#blocks.nextEndMs(clock.now());
    const untilEndMs = nextEndMs === null ? Infinity : nextEndMs - clock.now();
    this.#cancelLook = clock.setTimeout(() => this.#lookNow(), Math.min(delayMs, untilEndMs));
  }

  #lookNow(): void {
    this.#cancelLook();
    if (this.#isLooking) {
      this.#isToLookAgain = true;
      return;
    }
    this.#isLooking = true;
    inBackground(
      async () => this.#looked((await this.#look()) ? againAfterMs : lookEveryMs),
      (cause) => {
        this.#parts.onBug(cause);
        this.#looked(lookEveryMs);
      },
    );
  }

  #looked(nextDelayMs: number): void {
    this.#isLooking = false;
    if (!this.#isToLookAgain) {
      this.#lookLater(nextDelayMs);
      return;
    }
    this.#isToLookAgain = false;
    if (!this.#ended.signal.aborted) this.#lookNow();
  }

  /** Does what is due; whether some of it has to be tried again soon. */
  async #look(): Promise<boolean> {
    const { clock } = this.#parts;
    const isAsking = clock.monotonicMs() - this.#askedAtMs >= askEveryMs;
    if (isAsking) this.#askedAtMs = clock.monotonicMs();
    const attempts = await Promise.all<Attempt>([
      ...this.#blocks.due(clock.now()).map((block) => this.#blocks.endDue(block)),
      ...(isAsking ? this.#addresses.all().map((rule) => this.#addresses.check(rule)) : []),
    ]);
    const isLater = attempts.includes('later');
    if (isLater && isAsking) this.#askedAtMs = -Infinity;
    return isLater;
  }
}
