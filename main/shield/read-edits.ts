import type { EditNote, RuleDraft, ShieldEdit } from '../../preload/contract/firewall.ts';
import type { ShieldIpProfile, ShieldRule } from '../../preload/contract/shield.ts';
import { bodyOf, planned, readSource, type RuleBody, type Step } from '../domain/index.ts';

/** Staged edits, read against the rules as they are. */
export interface ReadEdits {
  readonly steps: readonly Step[];
  readonly problems: readonly EditNote[];
  readonly notes: readonly EditNote[];
}

/** Reads staged edits: the steps in their order, or what is wrong with them. What changes nothing is no step. */
export function readEdits(
  profile: ShieldIpProfile & { readonly rules: readonly ShieldRule[] },
  edits: readonly ShieldEdit[],
): ReadEdits {
  const family = profile.address.includes(':') ? 6 : 4;
  const steps: Step[] = [];
  const problems: EditNote[] = [];
  const notes: EditNote[] = [];
  const bodyFrom = (ruleKey: string, { source, action, protocol, port }: RuleDraft): RuleBody | null => {
    const read = readSource(source, family);
    if (!read.ok) problems.push({ ruleKey, text: read.message });
    else if (read.note !== null) notes.push({ ruleKey, text: read.note });
    return read.ok ? { action, protocol, cidr: read.cidr, port } : null;
  };
  for (const edit of edits) {
    if (edit.kind === 'policy') {
      const { direction, action } = edit;
      const now = direction === 'in' ? profile.defaultIn : profile.defaultOut;
      if (now !== action) steps.push({ kind: 'policy', direction, action });
      continue;
    }
    if (edit.kind === 'add') {
      const rule = bodyFrom(edit.key, edit.rule);
      if (rule !== null) steps.push({ kind: 'add', key: edit.key, rule });
      continue;
    }
    const { ruleId } = edit;
    const before = profile.rules.find(({ id }) => id === ruleId);
    if (before === undefined) {
      problems.push({ ruleKey: ruleId, text: 'This rule no longer exists. Discard its change.' });
    } else if (edit.kind === 'delete') {
      steps.push({ kind: 'delete', before });
    } else if (bodyOf(before) === null) {
      // The whole rule is sent: what could not be read would be lost.
      problems.push({
        ruleKey: ruleId,
        text: 'Not all of this rule could be read, so it cannot be changed here.',
      });
    } else {
      const rule = bodyFrom(ruleId, edit.rule);
      if (rule !== null && !isEqual(rule, bodyOf(before))) steps.push({ kind: 'change', before, rule });
    }
  }
  return { steps: problems.length > 0 ? [] : planned(steps), problems, notes };
}

function isEqual(a: RuleBody, b: RuleBody | null): boolean {
  return (
    b !== null && a.action === b.action && a.protocol === b.protocol && a.cidr === b.cidr && a.port === b.port
  );
}
