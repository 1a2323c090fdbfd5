import { canonicalAddress, canonicalNetwork } from '../../../preload/contract/address.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import type { Report } from './drift.ts';
import { find, hasField, wordsOf } from './fields.ts';
import { Row } from './row.ts';
import type { ReadRow } from './shapes.ts';
import { isList, isRaw, numberOf, opened, textOf, type Raw } from './values.ts';

const sourceNames = [
  'src_cidr', 'source_cidr', 'src', 'source', 'src_ip', 'source_ip', 'src_network', 'source_network', 'src_address',
  'source_address', 'cidr', 'network', 'subnet', 'remote_cidr', 'remote_ip', 'remote', 'from',
] as const; // prettier-ignore
const portNames = [
  'dst_port',
  'destination_port',
  'dest_port',
  'dport',
  'to_port',
  'port',
  'target_port',
  'local_port',
] as const;

/** A field with one of these words is about where traffic comes from, or about a port, whatever else it says. */
const sourceWords =
  /^(?:src|source|cidr|ips?|ipv[46]|address(?:es)?|networks?|subnets?|prefix|remote|origin|peer|client|from|range|allow(?:ed)?|hosts?)$/;
const portWords = /^(?:.*ports?|dport|service)$/;

const anyWord = /^\s*(?:any|all|\*)\s*$/i;
const protocolNumbers: Readonly<Record<string, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };

/**
 * Decodes a firewall rule of an address of this family. What a rule matches is never guessed: an explicit null, or the absence
 * of a documented field while its neighbours are there, is "any", as the reference says; what cannot be read is null,
 * reported, and shown as not readable. A rule without an id stays: leaving it out would hide it.
 */
export function ruleReader(family: 4 | 6): ReadRow<ShieldRule> {
  return (raw, path, report) => {
    const row = Row.of(raw, path, report);
    const object = opened(raw);
    if (row === null || !isRaw(object)) return null;
    const id = row.raw('id', 'rule_id') === null ? path : row.id('id', 'rule_id');
    if (id === null) return null;
    const context: Context = { raw: object, path, report, family };
    return {
      id,
      action: required(row, 'action', 'a word', (text) => text.toLowerCase()),
      protocol: required(row, 'protocol', 'a protocol', protocolOf),
      sourceCidr: part(context, sourceNames, sourceWords, sourceOf, family === 6 ? '::/0' : '0.0.0.0/0'),
      destinationPort: part<number | 'any'>(context, portNames, portWords, portOf, 'any'),
    };
  };
}

interface Context {
  readonly raw: Raw;
  readonly path: string;
  readonly report: Report;
  readonly family: 4 | 6;
}

/** A field that each rule has; null, and reported, where it is absent too. */
function required(
  row: Row,
  name: string,
  wanted: string,
  read: (text: string) => string | null,
): string | null {
  const value = row.text(name, ...(name === 'protocol' ? ['proto'] : ['verdict', 'target', 'policy']));
  const known = value === null ? null : read(value);
  if (known === null && (value !== null || row.raw(name) === null)) row.report(name, `expected ${wanted}`);
  return known;
}

function protocolOf(text: string): string | null {
  if (anyWord.test(text)) return 'any';
  return /^[a-z][a-z0-9-]{1,20}$/i.test(text) ? text.toLowerCase() : (protocolNumbers[text] ?? null);
}

/** What a rule matches in one respect; `any` only where the reference says so. */
function part<T>(
  { raw, path, report, family }: Context,
  names: readonly string[],
  words: RegExp,
  read: (value: unknown, family: 4 | 6) => T | null,
  any: T,
): T | null {
  const found = find(raw, names);
  const value = found === null ? null : read(found.value, family);
  if (value !== null) return value;
  const [documented = ''] = names;
  // One of the names that can be read may be there, as null: that is said.
  const other = found?.path ?? (hasField(raw, names) ? null : unknownField(raw, names, words));
  if (other === null && isNeighbourKnown(raw)) return any;
  report(`${path}.${other ?? documented}`, 'expected what the rule matches');
  return null;
}

/** A field of this meaning that has a value and is none of those that can be read. */
function unknownField(raw: Raw, names: readonly string[], words: RegExp): string | null {
  const known = new Set<string>([...sourceNames, ...portNames]);
  for (const [key, value] of Object.entries(raw)) {
    if (value === null || value === undefined || typeof value === 'boolean') continue;
    const parts = wordsOf(key);
    // The record of the address that the rule is for.
    if (parts.at(-1) === 'id') continue;
    const isOther = [...known].some((name) => !names.includes(name) && hasField({ [key]: value }, [name]));
    if (!isOther && parts.some((word) => words.test(word))) return key;
  }
  return null;
}

const isNeighbourKnown = (raw: Raw): boolean =>
  hasField(raw, ['action']) && hasField(raw, ['protocol', 'proto']);

function sourceOf(raw: unknown, family: 4 | 6): string | null {
  const value = opened(raw);
  if (typeof value === 'string') return canonicalNetwork(value, family);
  if (isList(value)) return value.length === 1 ? sourceOf(value[0], family) : null;
  if (!isRaw(value)) return null;
  const text = textOf(
    find(value, ['cidr_block', 'network', 'subnet', 'address', 'ip', 'value', 'cidr'])?.value,
  );
  const bits = textOf(find(value, ['prefix', 'prefix_length', 'mask', 'bits', 'cidr'])?.value);
  if (text === null) return null;
  const isWhole = text.includes('/') || bits === null || bits === text;
  if (!isWhole && (numberOf(bits) === null || canonicalAddress(text) === null)) return null;
  return canonicalNetwork(isWhole ? text : `${text}/${bits}`, family);
}

function portOf(raw: unknown): number | 'any' | null {
  const value = opened(raw);
  if (typeof value === 'string' && anyWord.test(value)) return 'any';
  if (isList(value)) return value.length === 1 ? portOf(value[0]) : null;
  if (isRaw(value)) {
    const ends = [find(value, ['from', 'start', 'min'])?.value, find(value, ['to', 'end', 'max'])?.value];
    if (ends.some((end) => end !== undefined)) return ends[0] === ends[1] ? portOf(ends[0]) : null;
    const inner = find(value, ['port', 'value', 'number', 'id'])?.value;
    return inner === undefined || typeof inner === 'object' ? null : portOf(inner);
  }
  const port = numberOf(value);
  return port !== null && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
}
