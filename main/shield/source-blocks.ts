import { networkInterfaces } from 'node:os';
import { canonicalAddress } from '../../preload/contract/address.ts';
import type { ShieldIpId } from '../../preload/contract/brands.ts';
import type { ShieldEdit } from '../../preload/contract/firewall.ts';
import { formatWhole } from '../../preload/contract/format.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { MadeBlock, SourceBlockReview } from '../../preload/contract/source-block.ts';
import type { ApiClient } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import { contains, isSame, rangeOf, readSource, type RuleBody } from '../domain/index.ts';
import type { KeptBlock, MadeBlocksOfAccount } from './made-blocks.ts';
import { readProfile, type KnownProfile } from './review.ts';
import type { ShieldChanges } from './shield-changes.ts';

/** A source of traffic that is to be blocked at an address. */
export interface BlockRequest {
  readonly ipId: ShieldIpId;
  readonly source: string;
  /** This computer's address as the instance sees it; null: what an open session tells. */
  readonly peerAddress: string | null;
}

/** An address that must not be blocked, and whose it is: "an address of this computer". */
export interface OwnAddress {
  readonly address: string;
  readonly whose: string;
}

/** What blocking sources takes. */
export interface SourceBlocksOptions {
  readonly client: Pick<ApiClient, 'request'>;
  readonly changes: Pick<ShieldChanges, 'review' | 'apply'>;
  readonly ownAddresses: () => readonly OwnAddress[];
  /** What was blocked, kept from run to run, so that it can be taken back. */
  readonly kept: MadeBlocksOfAccount;
  readonly clock: Pick<Clock, 'now'>;
}

interface Judged {
  readonly profile: KnownProfile;
  readonly review: SourceBlockReview;
  readonly edits: readonly ShieldEdit[];
}

/** Blocks single sources of traffic with a rule each, which can be taken back, also after a restart. */
export class SourceBlocks {
  readonly #options: SourceBlocksOptions;

  constructor(options: SourceBlocksOptions) {
    this.#options = options;
  }

  /** What blocking a source comes to. Errors: those of the API; `refused` for what is no source of this address's family. */
  async review(request: BlockRequest): Promise<Result<SourceBlockReview>> {
    const judged = await this.#judge(request);
    return judged.ok ? ok(judged.value.review) : judged;
  }

  /**
   * Starts to block a reviewed source and answers once that has begun. Errors: `refused` where the review refused, or the
   * rules are others than those that were reviewed; nothing was sent then.
   */
  async block(request: BlockRequest & { readonly seen: string }): Promise<Result<{ readonly cidr: string }>> {
    const { ipId, peerAddress } = request;
    const judged = await this.#judge(request);
    if (!judged.ok) return judged;
    const { profile, edits, review } = judged.value;
    if (review.refusal !== null) return refused(review.refusal);
    const { cidr, seen, lockout } = review;
    if (seen !== request.seen) return refused('The rules have changed meanwhile. Review the block again.');
    // By the same rules the verdict is the same: one that cuts was refused above.
    const acceptedRisk = lockout.verdict === 'not-provable';
    const begun = await this.#options.changes.apply({
      ipId,
      edits,
      peerAddress,
      seen,
      acceptedRisk,
      confirmMinutes: null,
    });
    if (!begun.ok) return begun;
    const { kept, clock } = this.#options;
    const beforeIds = profile.rules.map(({ id }) => id);
    kept.set([...this.#without(ipId, cidr), { ipId, cidr, atMs: clock.now(), beforeIds }]);
    return ok({ cidr });
  }

  /** What was blocked at an address and was not taken back here, newest first. */
  of(ipId: ShieldIpId): readonly MadeBlock[] {
    return this.#options.kept
      .get()
      .filter((each) => each.ipId === ipId)
      .map(({ cidr, atMs }) => ({ ipId, cidr, atMs }))
      .toReversed();
  }

  /** Starts to delete the rule that blocked a source. Errors: `refused` where it is gone, or taken back already. */
  async undo({
    ipId,
    cidr,
  }: {
    readonly ipId: ShieldIpId;
    readonly cidr: string;
  }): Promise<Result<undefined>> {
    const block = this.#options.kept.get().find((each) => each.ipId === ipId && each.cidr === cidr);
    if (block === undefined) return refused('This block was taken back already.');
    const profile = await readProfile(this.#options.client, ipId);
    if (!profile.ok) return profile;
    const made = profile.value.rules.find(
      (rule) => !block.beforeIds.includes(rule.id) && isSame(rule, blockOf(cidr)),
    );
    if (made === undefined) return refused('The rule is no longer among the rules of this address.');
    const edits = [{ kind: 'delete', ruleId: made.id }] as const;
    const review = await this.#options.changes.review({ ipId, edits, peerAddress: null });
    if (!review.ok) return review;
    const { seen } = review.value;
    const begun = await this.#options.changes.apply({
      ipId,
      edits,
      peerAddress: null,
      seen,
      acceptedRisk: false,
      confirmMinutes: null,
    });
    if (begun.ok) this.#options.kept.set(this.#without(ipId, cidr));
    return begun;
  }

  #without(ipId: ShieldIpId, cidr: string): readonly KeptBlock[] {
    return this.#options.kept.get().filter((each) => each.ipId !== ipId || each.cidr !== cidr);
  }

  async #judge({ ipId, source, ...request }: BlockRequest): Promise<Result<Judged>> {
    const profile = await readProfile(this.#options.client, ipId);
    if (!profile.ok) return profile;
    const { address, rules } = profile.value;
    const read = readSource(source, address.includes(':') ? 6 : 4);
    if (!read.ok) return refused(read.message);
    const { cidr } = read;
    const rule = { action: 'block', protocol: 'any', source: cidr, port: null } as const;
    const edits = [{ kind: 'add', key: `block ${cidr}`, rule }] as const;
    const reviewed = await this.#options.changes.review({ ipId, edits, ...request });
    if (!reviewed.ok) return reviewed;
    const { seen, lockout, lint, peer } = reviewed.value;
    const peerAddress = request.peerAddress ?? peer.seen?.address ?? null;
    const own = this.#own(address, peerAddress).find((each) => contains(cidr, each.address));
    return ok({
      profile: profile.value,
      edits,
      review: {
        seen,
        cidr,
        matches: matchesInWords(cidr),
        lockout,
        peerAddress,
        lint: lint.filter((text) => text.includes(` from ${cidr} `)),
        refusal: cidr.endsWith('/0')
          ? 'This would block every source. Change the default policy instead.'
          : own !== undefined
            ? `${own.address} is ${own.whose}, so it is not blocked from here.`
            : lockout.verdict === 'cuts'
              ? lockout.reason
              : rules.some((each) => isSame(each, blockOf(cidr)))
                ? 'A rule blocks this source already.'
                : null,
      },
    });
  }

  #own(address: string, peerAddress: string | null): readonly OwnAddress[] {
    const peer = peerAddress === null ? null : canonicalAddress(peerAddress);
    return [
      ...(peer === null ? [] : [{ address: peer, whose: 'your address' }]),
      { address, whose: 'the protected address itself' },
      ...this.#options.ownAddresses(),
    ];
  }
}

/** The addresses of this computer's network interfaces and of the account's instances, in their one form. */
export function ownAddresses(
  instances: readonly Pick<Instance, 'mainIp' | 'addresses'>[],
  interfaces = networkInterfaces(),
): readonly OwnAddress[] {
  const local = Object.values(interfaces).flatMap((each) =>
    (each ?? []).flatMap(({ address, internal }) => (internal ? [] : address)),
  );
  const rented = instances.flatMap(({ mainIp, addresses }) => [
    ...(mainIp === null ? [] : [mainIp]),
    ...addresses,
  ]);
  const inOneForm = (all: readonly string[], whose: string): readonly OwnAddress[] =>
    all.flatMap((text) => {
      const address = canonicalAddress(text);
      return address === null ? [] : { address, whose };
    });
  return [
    ...inOneForm(local, 'an address of this computer'),
    ...inOneForm(rented, 'an address of one of your instances'),
  ];
}

const refused = (message: string) => fail({ kind: 'refused', message } as const);
const blockOf = (cidr: string): RuleBody => ({ action: 'block', protocol: 'any', cidr, port: null });

function matchesInWords(cidr: string): string {
  const { first, last, count } = rangeOf(cidr);
  if (count === 1n) return `Matches ${first} alone.`;
  const many =
    count <= BigInt(Number.MAX_SAFE_INTEGER)
      ? formatWhole(Number(count))
      : `2^${count.toString(2).length - 1}`;
  return `Matches ${many} addresses, ${first} to ${last}.`;
}
