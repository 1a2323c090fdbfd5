import * as z from 'zod/mini';
import { ruleActions, ruleProtocols, type RuleDraft } from '../../preload/contract/firewall.ts';
import {
  maxStagedEdits,
  type IncomingRules,
  type RulesFile,
} from '../../preload/contract/firewall-editing.ts';
import { formatWhole } from '../../preload/contract/format.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { bodyOf, readSource } from '../domain/index.ts';
import { parseJson } from './parse-json.ts';
import type { KnownProfile } from './review.ts';
import { inFamily, policyOf, whyUnknown } from './take-rules.ts';

/** The one version of the file there is. */
const version = 1;
/** How many sentences say what is wrong with a file. */
const maxProblems = 5;

/** A thing with these fields and no others: what is not known could mean that a rule matches less. */
function only<Shape extends z.core.$ZodLooseShape>(shape: Shape, what: string) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `“${issue.keys.join('”, “').slice(0, 80)}” is not known`
        : `${what} is expected`,
  });
}

const policyWord = z._default(
  z.nullable(z.enum(ruleActions, { error: 'a default policy must be “allow” or “block”' })),
  null,
);
const portWords = 'port must be 1–65535 or “any”';
const port = z.int(portWords).check(z.gte(1, portWords), z.lte(65_535, portWords));
const fileRule = only(
  {
    action: z.enum(ruleActions, { error: 'action must be “allow” or “block”' }),
    protocol: z.enum(ruleProtocols, { error: 'protocol must be “tcp”, “udp” or “any”' }),
    source: z.string({ error: 'source must be an address or a network' }),
    port: z.union([z.literal('any'), port], { error: portWords }),
  },
  'an object',
);
const rulesFile = only(
  {
    version: z.literal(version),
    address: z.optional(z.string({ error: 'address must be a text' })),
    policy: z.optional(only({ in: policyWord, out: policyWord }, 'policy: an object')),
    rules: z.array(fileRule, { error: 'rules must be a list' }),
  },
  'an object',
);

/** The rules of an address in effect as a file, without what could not be read of them. */
export function rulesAsFile(profile: KnownProfile): RulesFile {
  const remarks: string[] = [];
  const rules = profile.rules.flatMap((rule, index) => {
    const body = bodyOf(rule);
    if (body === null) {
      remarks.push(`Rule ${index + 1} ${whyUnknown(rule)}, so it is not in the file.`);
      return [];
    }
    const { action, protocol, cidr, port: number } = body;
    return [{ action, protocol, source: cidr, port: number ?? 'any' }];
  });
  const file = { version, address: profile.address, policy: policyOf(profile), rules };
  return {
    name: `firewall-${profile.address.replaceAll(':', '-')}.json`,
    text: `${JSON.stringify(file, null, 2)}\n`,
    ruleCount: rules.length,
    remarks,
  };
}

/**
 * Reads a file of rules for an address of a family. Errors: `refused`, with the line of what is no JSON, or with the number of
 * each rule that is wrong and why; nothing of the file is taken then.
 */
export function readRulesFile(text: string, name: string, family: 4 | 6): Result<IncomingRules> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const named = z.safeParse(z.object({ version: z.unknown(), rules: z.optional(z.unknown()) }), json.value);
  if (!named.success || named.data.version === undefined)
    return refused('This is no file of firewall rules: it has no version.');
  if (named.data.version !== version)
    return refused(
      `The file is of version ${JSON.stringify(named.data.version).slice(0, 20)}, which is not known here. Update Evorxa if it is newer.`,
    );
  const count = Array.isArray(named.data.rules) ? named.data.rules.length : 0;
  // Before each of them is read.
  if (count > maxStagedEdits)
    return refused(
      `The file has ${formatWhole(count)} rules; at most ${formatWhole(maxStagedEdits)} can be staged at once.`,
    );
  const file = z.safeParse(rulesFile, json.value);
  if (!file.success)
    return refused(joined(file.error.issues.map(({ path, message }) => sentence(path, message))));
  return taken(file.data, name, family);
}

function taken(
  { rules: typed, policy }: z.infer<typeof rulesFile>,
  name: string,
  family: 4 | 6,
): Result<IncomingRules> {
  const rules: RuleDraft[] = [];
  const remarks: string[] = [];
  const problems: string[] = [];
  for (const [index, { action, protocol, source, port: number }] of typed.entries()) {
    const read = readEither(source, family);
    if (read === null) {
      problems.push(`Rule ${index + 1}: source must be an address or a network in CIDR form.`);
      continue;
    }
    const { cidr, remark } = inFamily(read.cidr, family);
    for (const said of [read.note, remark]) if (said !== null) remarks.push(`Rule ${index + 1}: ${said}`);
    if (cidr !== null) rules.push({ action, protocol, source: cidr, port: number === 'any' ? null : number });
  }
  return problems.length > 0
    ? refused(joined(problems))
    : ok({ from: name, rules, policy: policy ?? { in: null, out: null }, remarks });
}

/** A source in either family, the address's own first. Nothing is not everybody in a file: it may have been forgotten. */
function readEither(
  source: string,
  family: 4 | 6,
): { readonly cidr: string; readonly note: string | null } | null {
  if (source.trim() === '' || source.length > 64) return null;
  const own = readSource(source, family);
  const read = own.ok ? own : readSource(source, family === 4 ? 6 : 4);
  return read.ok ? read : null;
}

function sentence(path: readonly PropertyKey[], message: string): string {
  const [list, index] = path;
  return list === 'rules' && typeof index === 'number' ? `Rule ${index + 1}: ${message}.` : `${message}.`;
}

function joined(problems: readonly string[]): string {
  const more = problems.length - maxProblems;
  const said = problems.slice(0, maxProblems).join(' ');
  return more > 0 ? `${said} And ${formatWhole(more)} more.` : said;
}

const refused = (message: string) => fail({ kind: 'refused', message } as const);
