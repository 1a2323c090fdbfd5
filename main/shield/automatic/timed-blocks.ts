import type { BlockUntil } from '../../../preload/contract/automatic-rules.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import { errorSentence } from '../../../preload/contract/errors-words.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { readProfile } from '../review.ts';
import type { BlockRequest } from '../source-blocks.ts';
import { blockOf, newOwnRule, type StoredTimedBlock } from './automatic-rule.ts';
import { carryStep } from './carry-step.ts';
import { endingOf, endOfBlock, lookFor } from './decide.ts';
import { blockEndedNotice, blockNotEndedNotice, lateWords, untilWords, type BlockEnd } from './notices.ts';
import { broken, busy, gone, refused, type Attempt, type AutomaticParts } from './parts.ts';

/** A block that was reviewed, with its end. */
export interface TimedBlockRequest extends BlockRequest {
  /** Names the rules that it was reviewed against. */
  readonly seen: string;
  readonly until: BlockUntil;
}

/** Blocks sources with an end, and removes the rules of those whose end has come. */
export class TimedBlocks {
  readonly #parts: AutomaticParts;
  /** Those that the app does nothing more about by itself in this run. */
  readonly #stopped = new Set<string>();

  constructor(parts: AutomaticParts) {
    this.#parts = parts;
  }

  /** Those whose end has come, and that the app can still do something about. */
  due(nowMs: number): readonly StoredTimedBlock[] {
    return this.#all().filter(({ id, endsAtMs }) => endsAtMs <= nowMs && !this.#stopped.has(id));
  }

  /** When the next one ends (epoch); null where none does. */
  nextEndMs(nowMs: number): number | null {
    const ends = this.#all().flatMap(({ endsAtMs }) => (endsAtMs > nowMs ? endsAtMs : []));
    return ends.length === 0 ? null : Math.min(...ends);
  }

  /** Blocks a reviewed source until a time, and answers once the rules show it. Nothing is sent where it is `refused`. */
  add(request: TimedBlockRequest): Promise<Result<{ readonly cidr: string; readonly endsAtMs: number }>> {
    const { changes, onBug } = this.#parts;
    const adding = changes.hold(
      request.ipId,
      () => this.#add(request),
      (cause) => {
        onBug(cause);
        return broken;
      },
    );
    return adding ?? Promise.resolve(busy);
  }

  async #add(
    request: TimedBlockRequest,
  ): Promise<Result<{ readonly cidr: string; readonly endsAtMs: number }>> {
    const { blocks, client, clock, list, newId } = this.#parts;
    const ends = endOfBlock(request.until, clock.now());
    if (!ends.ok) return ends;
    const reviewed = await blocks.review(request);
    if (!reviewed.ok) return reviewed;
    const { cidr, refusal, seen } = reviewed.value;
    if (refusal !== null) return refused(refusal);
    if (seen !== request.seen) return refused('The rules have changed meanwhile. Review the block again.');
    const profile = await readProfile(client, request.ipId);
    if (!profile.ok) return profile;
    const { address, instanceId } = profile.value;
    const block: StoredTimedBlock = {
      kind: 'timed-block',
      id: newId(),
      ipId: request.ipId,
      address,
      instanceId,
      problem: null,
      own: newOwnRule(cidr),
      endsAtMs: ends.value,
    };
    return list.alone(block, () => this.#send(block), busy);
  }

  async #send(
    block: StoredTimedBlock,
  ): Promise<Result<{ readonly cidr: string; readonly endsAtMs: number }>> {
    const { list } = this.#parts;
    const { own, endsAtMs } = block;
    const body = blockOf(own.cidr);
    const carried = await carryStep(
      this.#parts,
      block,
      { own, body, kind: 'add' },
      {
        actor: 'person',
        detail: `Block of ${own.cidr} until ${untilWords(endsAtMs)}.`,
      },
    );
    switch (carried.state) {
      case 'aborted':
        return fail({ kind: 'aborted' });
      case 'done':
        await list.keep(block);
        return ok({ cidr: own.cidr, endsAtMs });
      case 'not-known':
        own.state = 'not-known';
        block.problem = carried.detail;
        await list.keep(block);
        return fail({ kind: 'unknown-outcome', message: carried.detail });
      case 'failed':
      case 'not-sent':
        await list.drop(block);
        return refused(carried.detail);
    }
  }

  /** Learns what became of a block whose request was on its way when the app ended. It is not sent again. */
  async settle(block: StoredTimedBlock): Promise<void> {
    const { client, list, signal } = this.#parts;
    const { own } = block;
    if (own.ruleId !== null) return;
    const profile = await readProfile(client, block.ipId);
    if (signal.aborted) return;
    const found = profile.ok ? lookFor(profile.value, own, blockOf(own.cidr)) : null;
    if (found?.is === 'there') {
      own.ruleId = found.rule.id;
      own.state = 'there';
      block.problem = null;
    } else {
      own.state = 'not-known';
      block.problem =
        found === null
          ? 'The app ended before its answer came, and the rules cannot be read now.'
          : 'The app ended before its answer came, and the rules do not show it.';
    }
    await list.keep(block);
  }

  /** Ends a block now, as a person wants it. */
  async endNow(id: string): Promise<Result<undefined>> {
    const { list } = this.#parts;
    const block = list.get('timed-block', id);
    if (block === undefined) return gone;
    const ended = await list.alone(block, () => this.#end(block, true), busy);
    return typeof ended === 'string' ? ok(undefined) : ended;
  }

  /** Ends a block whose end has come. */
  async endDue(block: StoredTimedBlock): Promise<Attempt> {
    const ended = await this.#parts.list.alone(block, () => this.#end(block, false), 'later' as const);
    if (typeof ended === 'string') return ended;
    return ended.ok ? 'over' : 'later';
  }

  async #end(block: StoredTimedBlock, isAsked: boolean): Promise<Result<undefined> | Attempt> {
    const { changes, client, signal, onBug } = this.#parts;
    const profile = await readProfile(client, block.ipId);
    if (signal.aborted) return 'stopped';
    if (!profile.ok) return this.#unread(block, profile.error, isAsked);
    const ending = endingOf(block, profile.value, isAsked);
    switch (ending.do) {
      case 'nothing':
        return this.#over(block, { how: ending.because, hasAlike: ending.hasAlike }, isAsked);
      case 'stop':
        return this.#stop(block, ending.problem, isAsked);
      case 'delete':
        // Where its addition was not answered for, this is what it made.
        block.own.ruleId = ending.rule.id;
        return (
          changes.hold(
            block.ipId,
            () => this.#remove(block, isAsked),
            (cause) => {
              onBug(cause);
              this.#stopped.add(block.id);
              return broken;
            },
          ) ?? busy
        );
    }
  }

  async #remove(block: StoredTimedBlock, isAsked: boolean): Promise<Result<undefined> | Attempt> {
    const { clock } = this.#parts;
    const { own, endsAtMs } = block;
    const end = isAsked ? 'It was ended before its time.' : lateWords(endsAtMs, clock.now());
    const carried = await carryStep(
      this.#parts,
      block,
      { own, body: blockOf(own.cidr), kind: 'delete' },
      {
        actor: isAsked ? 'person' : 'app',
        detail: `Block of ${own.cidr}. ${end}`,
      },
    );
    switch (carried.state) {
      case 'aborted':
        return 'stopped';
      case 'done':
        return this.#over(block, { how: 'removed' }, isAsked);
      case 'not-sent':
        return isAsked ? refused(carried.detail) : 'later';
      case 'failed':
        return this.#stop(block, `Its rule could not be removed. ${carried.detail}`, isAsked);
      case 'not-known':
        return this.#stop(
          block,
          'Its removal was sent, and the rules still show it. It may still take effect.',
          isAsked,
        );
    }
  }

  #unread(
    block: StoredTimedBlock,
    error: AppError,
    isAsked: boolean,
  ): Promise<Result<undefined> | Attempt> | Attempt {
    if (error.kind === 'not-found') return this.#over(block, { how: 'no-address' }, isAsked);
    if (isAsked) return Promise.resolve(fail(error));
    const isLasting = error.kind === 'unauthorized' || error.kind === 'forbidden';
    // A network that is away comes back; a token that may not do it does not.
    return isLasting ? this.#stop(block, errorSentence(error).what, false) : 'later';
  }

  async #over(
    block: StoredTimedBlock,
    end: BlockEnd,
    isAsked: boolean,
  ): Promise<Result<undefined> | Attempt> {
    const { accountId, clock, list, onNotices } = this.#parts;
    await list.drop(block);
    if (isAsked && end.how === 'removed') return ok(undefined);
    onNotices([blockEndedNotice(accountId, block, end, clock.now())]);
    return 'over';
  }

  /** Nothing more is done by itself: that is told, and stays on the list with its reason. */
  async #stop(
    block: StoredTimedBlock,
    problem: string,
    isAsked: boolean,
  ): Promise<Result<undefined> | Attempt> {
    const { accountId, clock, list, onNotices } = this.#parts;
    const isNew = block.problem !== problem;
    this.#stopped.add(block.id);
    block.problem = problem;
    await list.keep(block);
    if (isAsked) return refused(problem);
    // What an earlier run has told is not told again.
    if (isNew) onNotices([blockNotEndedNotice(accountId, block, problem, clock.now())]);
    return 'stopped';
  }

  #all(): readonly StoredTimedBlock[] {
    return this.#parts.list.all().filter((rule) => rule.kind === 'timed-block');
  }
}
