import { randomUUID } from 'node:crypto';
import type { RuleDraft, ShieldEdit } from '../../preload/contract/firewall.ts';
import {
  maxStagedEdits,
  type FirewallPolicy,
  type IncomingRules,
  type TakenRules,
} from '../../preload/contract/firewall-editing.ts';
import { formatWhole } from '../../preload/contract/format.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ShieldIpProfile, ShieldRule } from '../../preload/contract/shield.ts';
import { bodyOf, isSame, readSource, type RuleBody } from '../domain/index.ts';
import type { KnownProfile } from './review.ts';

/** The family of a protected address. */
export const familyOf = ({ address }: Pick<ShieldIpProfile, 'address'>): 4 | 6 =>
  address.includes(':') ? 6 : 4;

/** What is to become of the rules that are taken over. */
export interface TakeRequest {
  readonly edits: readonly ShieldEdit[];
  readonly rules: readonly RuleDraft[];
  /** Null: the policies stay. */
  readonly policy: FirewallPolicy | null;
  readonly mode: 'add' | 'replace';
}

/** The rules of one address as they can be taken over by one of a family; the others are named. */
export function copiedRules(profile: KnownProfile, family: 4 | 6): IncomingRules {
  const rules: RuleDraft[] = [];
  const remarks: string[] = [];
  for (const [index, rule] of profile.rules.entries()) {
    const body = bodyOf(rule);
    if (body === null) {
      remarks.push(`Rule ${index + 1} ${whyUnknown(rule)}, so it is left out.`);
      continue;
    }
    const taken = inFamily(body.cidr, family);
    if (taken.remark !== null) remarks.push(`Rule ${index + 1}: ${taken.remark}`);
    if (taken.cidr !== null) rules.push(asDraft({ ...body, cidr: taken.cidr }));
  }
  return { from: profile.address, rules, policy: policyOf(profile), remarks };
}

/** The default policies of an address, as far as their words are known. */
export function policyOf({ defaultIn, defaultOut }: ShieldIpProfile): FirewallPolicy {
  const known = (word: string | null) => (word === 'allow' || word === 'block' ? word : null);
  return { in: known(defaultIn), out: known(defaultOut) };
}

/** Why a rule cannot be sent as it is, as the end of a sentence. */
export function whyUnknown(rule: ShieldRule): string {
  return rule.isEnabled === false ? 'is turned off' : 'could not be read as a whole';
}

/** A source as an address of this family can take it: any source in its own words, one of the other family not at all. */
export function inFamily(
  cidr: string,
  family: 4 | 6,
): { readonly cidr: string | null; readonly remark: string | null } {
  if (cidr.includes(':') === (family === 6)) return { cidr, remark: null };
  if (cidr.endsWith('/0')) {
    const everybody = family === 6 ? '::/0' : '0.0.0.0/0';
    return { cidr: everybody, remark: `any source is ${everybody} here.` };
  }
  return {
    cidr: null,
    remark: `${cidr} is left out, since this address takes IPv${family} sources.`,
  };
}

/**
 * Stages rules that are taken over beside what is there, or in place of it. Rules that are there already are not staged; one
 * that was to be deleted stays then. Errors: `refused` where a source cannot be used, or too much would be staged.
 */
export function takenRules(profile: KnownProfile, request: TakeRequest): Result<TakenRules> {
  const bodies: RuleBody[] = [];
  for (const rule of request.rules) {
    const body = bodyFrom(rule, familyOf(profile));
    if (body === null)
      return refused(`The source “${rule.source}” cannot be used here. Take the rules over again.`);
    if (!bodies.some((other) => isAlike(other, body))) bodies.push(body);
  }
  const doubled = request.rules.length - bodies.length;
  const { edits, duplicates, remarks } =
    request.mode === 'add' ? added(profile, request.edits, bodies) : replaced(profile, request.edits, bodies);
  const all = withPolicy(profile, edits, request.policy);
  if (all.length > maxStagedEdits)
    return refused(
      `At most ${formatWhole(maxStagedEdits)} changes can be staged at once; these would be ${formatWhole(all.length)}.`,
    );
  return ok({ edits: all, duplicateCount: duplicates + doubled, remarks });
}

interface Merged {
  readonly edits: readonly ShieldEdit[];
  readonly duplicates: number;
  readonly remarks: readonly string[];
}

function added(profile: KnownProfile, before: readonly ShieldEdit[], bodies: readonly RuleBody[]): Merged {
  const family = familyOf(profile);
  const deleted = profile.rules.filter(({ id }) =>
    before.some((edit) => edit.kind === 'delete' && edit.ruleId === id),
  );
  const there = [
    ...profile.rules.flatMap((rule) => {
      const edit = before.find((each) => each.kind === 'change' && each.ruleId === rule.id);
      if (edit?.kind === 'change') return bodyFrom(edit.rule, family) ?? [];
      return deleted.includes(rule) ? [] : (bodyOf(rule) ?? []);
    }),
    ...before.flatMap((edit) => (edit.kind === 'add' ? (bodyFrom(edit.rule, family) ?? []) : [])),
  ];
  let edits = before;
  let duplicates = 0;
  for (const body of bodies) {
    const stays = deleted.find((rule) => bodyOf(rule) !== null && isSame(rule, body));
    if (there.some((other) => isAlike(other, body))) duplicates += 1;
    else if (stays !== undefined)
      edits = edits.filter((edit) => edit.kind !== 'delete' || edit.ruleId !== stays.id);
    else edits = [...edits, addition(body)];
  }
  return { edits, duplicates, remarks: [] };
}

function replaced(profile: KnownProfile, before: readonly ShieldEdit[], bodies: readonly RuleBody[]): Merged {
  const left = [...bodies];
  const remarks: string[] = [];
  const deletions: ShieldEdit[] = [];
  for (const [index, rule] of profile.rules.entries()) {
    if (bodyOf(rule) === null) {
      // Once deleted it could not be put back from here.
      remarks.push(`Rule ${index + 1} ${whyUnknown(rule)}, so it stays.`);
      continue;
    }
    const same = left.findIndex((body) => isSame(rule, body));
    if (same === -1) deletions.push({ kind: 'delete', ruleId: rule.id });
    else left.splice(same, 1);
  }
  const policies = before.filter(({ kind }) => kind === 'policy');
  return {
    edits: [...policies, ...deletions, ...left.map(addition)],
    duplicates: bodies.length - left.length,
    remarks,
  };
}

function withPolicy(
  profile: KnownProfile,
  edits: readonly ShieldEdit[],
  policy: FirewallPolicy | null,
): readonly ShieldEdit[] {
  let all = edits;
  for (const direction of ['in', 'out'] as const) {
    const action = policy?.[direction] ?? null;
    if (action === null) continue;
    all = all.filter((edit) => edit.kind !== 'policy' || edit.direction !== direction);
    if (policyOf(profile)[direction] !== action) all = [...all, { kind: 'policy', direction, action }];
  }
  return all;
}

const addition = (body: RuleBody): ShieldEdit => ({
  kind: 'add',
  key: `new ${randomUUID()}`,
  rule: asDraft(body),
});

const asDraft = ({ action, protocol, cidr, port }: RuleBody): RuleDraft => ({
  action,
  protocol,
  source: cidr,
  port,
});

function bodyFrom({ action, protocol, source, port }: RuleDraft, family: 4 | 6): RuleBody | null {
  const read = readSource(source, family);
  return read.ok ? { action, protocol, cidr: read.cidr, port } : null;
}

const isAlike = (a: RuleBody, b: RuleBody): boolean =>
  a.action === b.action && a.protocol === b.protocol && a.cidr === b.cidr && a.port === b.port;

const refused = (message: string) => fail({ kind: 'refused', message } as const);
