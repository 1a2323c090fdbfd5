import type { RuleDraft, ShieldEdit } from '../../../preload/contract/firewall.ts';
import type { RulesFile, TakenRules } from '../../../preload/contract/firewall-editing.ts';
import { formatCounted } from '../../../preload/contract/format.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import { capitalised } from './shield-words.ts';

/** The columns of the table of rules. */
export type RuleColumn = 'action' | 'protocol' | 'source' | 'port';

/** A row of the table of rules, with what is staged for it. */
export interface RuleRow {
  /** The rule's id, or a new rule's key. */
  readonly key: string;
  /** As it would be once the changes are applied; as it is where it is deleted. */
  readonly rule: ShieldRule;
  readonly staged: 'added' | 'changed' | 'deleted' | null;
}

/** The rules in the API's order, then the new ones. A change of a rule that is gone has no row. */
export function ruleRows(rules: readonly ShieldRule[], edits: readonly ShieldEdit[]): readonly RuleRow[] {
  const rows = rules.map((rule): RuleRow => {
    const edit = edits.find(
      (each) => (each.kind === 'change' || each.kind === 'delete') && each.ruleId === rule.id,
    );
    if (edit?.kind === 'change') return { key: rule.id, rule: asRule(rule.id, edit.rule), staged: 'changed' };
    return { key: rule.id, rule, staged: edit?.kind === 'delete' ? 'deleted' : null };
  });
  const added = edits.flatMap((edit): readonly RuleRow[] =>
    edit.kind === 'add' ? [{ key: edit.key, rule: asRule(edit.key, edit.rule), staged: 'added' }] : [],
  );
  return [...rows, ...added];
}

/** The rows with one more at the end, whose key is empty, for a rule that is typed. */
export function withNewRow(rows: readonly RuleRow[]): readonly RuleRow[] {
  return [...rows, { key: '', rule: asRule('', newRule), staged: null }];
}

/** A rule before anything of it is typed. */
export const newRule: RuleDraft = { action: 'allow', protocol: 'tcp', source: '', port: null };

/** A rule as the form shows it; null where not all of it could be read, so that it cannot be sent whole. */
export function draftOf(rule: ShieldRule): RuleDraft | null {
  const { action, protocol, sourceCidr, destinationPort, isEnabled, hasUnreadFields } = rule;
  if (action !== 'allow' && action !== 'block') return null;
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'any') return null;
  if (sourceCidr === null || destinationPort === null || isEnabled !== true || hasUnreadFields) return null;
  return { action, protocol, source: sourceCidr, port: destinationPort === 'any' ? null : destinationPort };
}

/** A rule in one line: "Allow tcp from 198.51.100.7/32 to port 22". */
export function draftInWords({ action, protocol, source, port }: RuleDraft): string {
  const what = protocol === 'any' ? 'any protocol' : protocol;
  const from = source.endsWith('/0') ? 'any source' : source;
  return `${capitalised(action)} ${what} from ${from} to ${port === null ? 'any port' : `port ${port}`}`;
}

/** What is staged once rules were taken over, as sentences. `before`: how many changes were staged. */
export function takenInWords({ edits, duplicateCount, remarks }: TakenRules, before: number): string {
  const staged =
    edits.length === 0
      ? 'Nothing is staged.'
      : `${formatCounted(edits.length, 'change')} staged${before === 0 ? '' : ' in all'}.`;
  const there =
    duplicateCount === 0
      ? []
      : [`${formatCounted(duplicateCount, 'rule')} ${duplicateCount === 1 ? 'was' : 'were'} there already.`];
  return [staged, ...there, ...remarks].join(' ');
}

/** What was exported, as sentences. */
export function exportedInWords(name: string, { ruleCount, remarks }: RulesFile): string {
  return [`Saved ${formatCounted(ruleCount, 'rule')} as ${name}.`, ...remarks].join(' ');
}

/** Rules for what servers usually are for; those that name no source are completed in the form. */
export const ruleTemplates: readonly {
  readonly label: string;
  readonly note: string;
  readonly rules: readonly RuleDraft[];
}[] = [
  {
    label: 'Web server',
    note: 'HTTP and HTTPS from any source',
    rules: [
      { action: 'allow', protocol: 'tcp', source: '', port: 80 },
      { action: 'allow', protocol: 'tcp', source: '', port: 443 },
    ],
  },
  {
    label: 'Game server',
    note: 'Minecraft: port 25565 by TCP and UDP from any source',
    rules: [
      { action: 'allow', protocol: 'tcp', source: '', port: 25_565 },
      { action: 'allow', protocol: 'udp', source: '', port: 25_565 },
    ],
  },
  {
    label: 'SSH from my address',
    note: 'Port 22 from one address, which you enter',
    rules: [{ action: 'allow', protocol: 'tcp', source: 'mine', port: 22 }],
  },
  {
    label: 'Private database',
    note: 'PostgreSQL: port 5432 from one address or network, which you enter',
    rules: [{ action: 'allow', protocol: 'tcp', source: 'mine', port: 5432 }],
  },
];

const asRule = (id: string, { action, protocol, source, port }: RuleDraft): ShieldRule => ({
  id,
  action,
  protocol,
  sourceCidr: source,
  destinationPort: port ?? 'any',
  isEnabled: true,
  hasUnreadFields: false,
});
