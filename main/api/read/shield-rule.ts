import { canonicalAddress, canonicalNetwork } from '../../../preload/contract/address.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import type { Report } from './drift.ts';
import { find, folded, hasField, type Found } from './fields.ts';
import { ruleState, unreadFields, type About, type UnreadField } from './rule-fields.ts';
import { hasOwnId, plainIdOf } from './ids.ts';
import { Row } from './row.ts';
import type { ReadRow } from './shapes.ts';
import { isList, isRaw, numberOf, opened, textOf, type Raw } from './values.ts';

const sourceNames = [
  'src_cidr', 'source_cidr', 'src', 'source', 'src_ip', 'source_ip', 'src_network', 'source_network', 'src_address',
  'source_address', 'cidr', 'network', 'subnet', 'remote_cidr', 'remote_ip', 'remote', 'from', 'sources', 'srcs', 'saddr',
  'src_addr', 'source_addr', 'cidrs', 'src_cidrs', 'source_cidrs', 'src_ips', 'source_ips', 'source_addresses', 'from_ip',
  'from_cidr', 'networks', 'subnets', 'remote_ips', 'remote_cidrs',
] as const; // prettier-ignore
/** The lower end of a range of ports, the upper one under one of `portNames`. */
const lowerPortNames = [
  'from_port', 'port_from', 'start_port', 'port_start', 'min_port', 'port_min', 'port_range_min', 'low_port',
] as const; // prettier-ignore
const portNames = [
  'dst_port', 'destination_port', 'dest_port', 'dport', 'to_port', 'port', 'target_port', 'local_port', 'dpt',
  'dst_ports', 'destination_ports', 'dest_ports', 'dports', 'ports', 'port_to', 'end_port', 'port_end', 'max_port', 'port_max',
  'port_range_max', 'high_port', ...lowerPortNames,
] as const; // prettier-ignore
/** Where traffic goes to: a port, where it is one. */
const destinationNames = ['to', 'dst', 'dest', 'destination', 'svc', 'service'] as const;
const actionNames = ['action', 'verdict', 'target', 'policy'] as const;
const protocolNames = ['protocol', 'proto'] as const;

const anyWord = /^\s*(?:any|all|\*)\s*$/i;
const protocolNumbers: Readonly<Record<string, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };

/**
 * Decodes a firewall rule of an address of this family. What a rule matches is never guessed: "any" is an explicit null, or
 * the absence of a documented field, in a rule each field of which is understood, as the reference says. What cannot be
 * read is null, reported, and shown as not readable. A rule without an id stays: leaving it out would hide it.
 */
export function ruleReader(family: 4 | 6): ReadRow<ShieldRule> {
  return (raw, path, report) => {
    const row = Row.of(raw, path, report);
    const object = opened(raw);
    if (row === null || !isRaw(object)) return null;
    const id = hasOwnId(object, 'rule') ? plainIdOf(row, 'rule') : path;
    if (id === null) return null;
    const state = ruleState(object);
    const unread = unreadFields(object, understoodIn(object, state.names), family);
    const reported = new Set<string>();
    const reportOnce: Report = (field, message) => {
      if (!reported.has(field)) report(`${path}.${field}`, message);
      reported.add(field);
    };
    const context: Context = { raw: object, report: reportOnce, family, unread };
    const rule = {
      id,
      action: required(row, actionNames, 'a word', (text) => text.toLowerCase()),
      protocol: protocolPart(row, context),
      sourceCidr: part(context, 'source', sourceNames, sourceOf, family === 6 ? '::/0' : '0.0.0.0/0'),
      destinationPort: part<number | 'any'>(
        context,
        'port',
        [...portNames, ...destinationNames],
        portOf,
        'any',
      ),
      isEnabled: state.isEnabled,
      hasUnreadFields: unread.length > 0,
    };
    if (state.unread !== null) reportOnce(state.unread, 'expected whether the rule applies');
    for (const field of unread) reportOnce(field.path, 'expected a field that is known');
    return rule;
  };
}

interface Context {
  readonly raw: Raw;
  readonly report: Report;
  readonly family: 4 | 6;
  readonly unread: readonly UnreadField[];
}

/** The folded names of the fields of a rule that are read. */
function understoodIn(raw: Raw, stateNames: ReadonlySet<string>): ReadonlySet<string> {
  // Two words for the action, or for the protocol, need not say the same.
  const chosen = [actionNames, protocolNames].flatMap((names) => find(raw, names)?.path.split('.')[0] ?? []);
  const ports = Object.keys(raw).filter((key) => isDestinationPort(key, raw[key]));
  return new Set([...stateNames, ...[...sourceNames, ...portNames, ...chosen, ...ports].map(folded)]);
}

const destinationFolds = new Set<string>(destinationNames.map(folded));
const isDestinationPort = (key: string, value: unknown): boolean =>
  destinationFolds.has(folded(key)) && typeof opened(value) !== 'object' && portOf(value) !== null;

/** A field that each rule has; null, and reported, where it is absent too. */
function required(
  row: Row,
  names: readonly [string, ...(readonly string[])],
  wanted: string,
  read: (text: string) => string | null,
): string | null {
  const value = row.text(...names);
  const known = value === null ? null : read(value);
  if (known === null && (value !== null || ['', null].includes(row.raw(...names) as string | null)))
    row.report(names[0], `expected ${wanted}`);
  return known;
}

function protocolPart(row: Row, context: Context): string | null {
  const protocol = required(row, protocolNames, 'a protocol', protocolOf);
  const lost = protocol === null ? undefined : lostTo(context, 'protocol', protocol === 'any');
  if (lost !== undefined) context.report(lost.path, 'expected what the rule matches');
  return lost === undefined ? protocol : null;
}

/** The field by which a part of a rule that was read is not what the rule matches; undefined where there is none. */
function lostTo({ unread }: Context, about: About, isAny: boolean): UnreadField | undefined {
  return unread.find(
    (field) => (field.about === about || field.about === 'rule') && (isAny || field.isReversing),
  );
}

function protocolOf(text: string): string | null {
  if (anyWord.test(text)) return 'any';
  return /^[a-z][a-z0-9-]{1,20}$/i.test(text) ? text.toLowerCase() : (protocolNumbers[text] ?? null);
}

/** What a rule matches in one respect; `any` only where the reference says so. */
function part<T>(
  context: Context,
  about: 'source' | 'port',
  names: readonly string[],
  read: (value: unknown, family: 4 | 6) => T | null,
  any: T,
): T | null {
  const { raw, family, report } = context;
  const found = valuesOf(raw, names);
  const values = found.map(({ value }) => read(value, family));
  const [value = null] = values;
  const missed =
    found.find((_, index) => values[index] === null) ?? found.find((_, index) => values[index] !== value);
  const isAbsent = found.length === 0 && isNeighbourKnown(raw);
  const is = missed === undefined && found.length > 0 ? value : isAbsent ? any : null;
  const lost = is === null ? lostTo(context, about, true) : lostTo(context, about, is === any);
  if (is !== null && lost === undefined) return is;
  report(missed?.path ?? lost?.path ?? names[0] ?? '', 'expected what the rule matches');
  return null;
}

/** Each field of these names with a value: two that differ say that neither is the whole. */
function valuesOf(raw: Raw, names: readonly string[]): readonly Found[] {
  const folds = new Set(names.map(folded));
  const direct = Object.entries(raw)
    .filter(([key, value]) => folds.has(folded(key)) && value !== null)
    .filter(([key, value]) => !destinationFolds.has(folded(key)) || isDestinationPort(key, value))
    .map(([path, value]): Found => ({ path, value }));
  const lowerEnds = new Set<string>(lowerPortNames.map(folded));
  // Without its upper end a range is open.
  if (direct.length > 0)
    return direct.some(({ path }) => !lowerEnds.has(folded(path))) ? direct : openRange(direct);
  const inParts = find(
    raw,
    names.filter((name) => name.includes('_')),
  );
  return inParts === null ? [] : [inParts];
}

const openRange = (ends: readonly Found[]): readonly Found[] => ends.map(({ path }) => ({ path, value: '' }));

const isNeighbourKnown = (raw: Raw): boolean =>
  hasField(raw, ['action']) && hasField(raw, ['protocol', 'proto']);

/** The parts of a source, and of a port, that are an object. */
const sourceParts = new Set(
  [
    'cidr_block',
    'network',
    'subnet',
    'address',
    'ip',
    'value',
    'cidr',
    'prefix',
    'prefix_length',
    'mask',
    'bits',
  ].map(folded),
);
const portParts = new Set(['from', 'start', 'min', 'to', 'end', 'max', 'port', 'value', 'number', 'id']);

function sourceOf(raw: unknown, family: 4 | 6): string | null {
  const value = opened(raw);
  // Alone it is nobody's address, and who writes it may mean everybody.
  if (typeof value === 'string')
    return /^\s*(?:0\.0\.0\.0|::)\s*$/.test(value) ? null : canonicalNetwork(value, family);
  if (isList(value)) return value.length === 1 ? sourceOf(value[0], family) : null;
  if (!isRaw(value)) return null;
  const text = textOf(
    find(value, ['cidr_block', 'network', 'subnet', 'address', 'ip', 'value', 'cidr'])?.value,
  );
  const bits = textOf(find(value, ['prefix', 'prefix_length', 'mask', 'bits', 'cidr'])?.value);
  if (text === null || unreadFields(value, sourceParts, family).length > 0) return null;
  const isWhole = text.includes('/') || bits === null || bits === text;
  if (!isWhole && (numberOf(bits) === null || canonicalAddress(text) === null)) return null;
  return canonicalNetwork(isWhole ? text : `${text}/${bits}`, family);
}

function portOf(raw: unknown): number | 'any' | null {
  const value = opened(raw);
  if (typeof value === 'string' && anyWord.test(value)) return 'any';
  const [, from, to] = typeof value === 'string' ? (/^\s*(\d+)\s*[-:–]\s*(\d+)\s*$/.exec(value) ?? []) : [];
  if (from !== undefined) return rangeOf(from, to);
  if (isList(value)) return value.length === 1 ? portOf(value[0]) : null;
  if (isRaw(value)) {
    if (unreadFields(value, portParts, 4).length > 0) return null;
    const ends = [find(value, ['from', 'start', 'min'])?.value, find(value, ['to', 'end', 'max'])?.value];
    if (ends.some((end) => end !== undefined)) return rangeOf(ends[0], ends[1]);
    const inner = find(value, ['port', 'value', 'number', 'id'])?.value;
    return inner === undefined || typeof inner === 'object' ? null : portOf(inner);
  }
  const port = numberOf(value);
  return port !== null && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
}

/** A range of one port is that port, one of all is any; of others none can be shown. */
function rangeOf(from?: unknown, to?: unknown): number | 'any' | null {
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first === null || last === null) return null;
  if (first === last) return portOf(first);
  return first >= 0 && first <= 1 && last === 65_535 ? 'any' : null;
}
