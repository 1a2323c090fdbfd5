import * as z from 'zod/mini';
import type { ShieldIp, ShieldIpProfile, ShieldRule } from '../../../preload/contract/shield.ts';
import type { BandwidthSeries, PacketSeries, SavedRule } from '../models/shield.ts';
import { typeName, type Report } from '../read/drift.ts';
import { instanceIdOf, shieldIpIdOf } from '../read/ids.ts';
import { readRanking, type RankingNames } from '../read/ranking.ts';
import { isRaw, Row, textOf } from '../read/row.ts';
import { readColumns, type ColumnNames } from '../read/series.ts';
import { objectOf, readList } from '../read/shapes.ts';
import { answer, byId, done, list, nothing, pathId } from './define.ts';

function readIp(raw: unknown, path: string, report: Report): ShieldIp | null {
  const row = Row.of(raw, path, report);
  const id = row && shieldIpIdOf(row, 'id');
  const address = row?.text('ip', 'address', 'ip_address') ?? null;
  if (row === null || id === null) return null;
  if (address === null) {
    row.report('ip', 'expected an address');
    return null;
  }
  const policy = row.raw('policy');
  const rules = row.raw('rules');
  const defaults = isRaw(policy) ? row.child(policy, 'policy') : row;
  return {
    id,
    address,
    instanceId: row.raw('instance_id') === null ? null : instanceIdOf(row, 'instance_id'),
    ruleCount: Array.isArray(rules) ? rules.length : row.number('rules_count', 'rule_count'),
    defaultIn: defaults.text('default_in'),
    defaultOut: defaults.text('default_out'),
  };
}

function readRule(raw: unknown, path: string, report: Report): ShieldRule | null {
  const row = Row.of(raw, path, report);
  const id = row?.id('id') ?? null;
  if (row === null || id === null) return null;
  const port = row.raw('dst_port', 'port');
  // 0 and `any` are other words for "any port"; null is the reference's.
  const isAny = port === 0 || port === '0' || port === 'any' || port === '';
  return {
    id,
    action: row.text('action') ?? '',
    protocol: row.text('protocol') ?? 'any',
    sourceCidr: row.text('src_cidr', 'source') ?? '0.0.0.0/0',
    destinationPort: isAny ? null : row.number('dst_port', 'port'),
  };
}

function decodeProfile(body: unknown, report: Report): ShieldIpProfile | null {
  const outer = objectOf(body, 'ip');
  // `ip` can be the object or the address in it; rules and policy can lie beside the object.
  const beside = isRaw(body) ? body : {};
  const merged = outer === null ? body : { ...beside, ...outer };
  const ip = readIp(merged, '', report);
  if (ip === null || !isRaw(merged)) return null;
  const row = new Row(merged, '', report);
  const rules = row.raw('rules', 'firewall_rules');
  const rdns = row.raw('rdns', 'reverse_dns', 'ptr');
  return {
    ...ip,
    rdns: isRaw(rdns)
      ? row.child(rdns, 'rdns').text('hostname', 'value', 'ptr')
      : row.text('rdns', 'reverse_dns', 'ptr'),
    bandwidthCap: bandwidthCap(row),
    rules: rules === null ? [] : (readList(rules, readRule, 'rules', report) ?? []),
  };
}

function bandwidthCap(row: Row): ShieldIpProfile['bandwidthCap'] {
  const names = [
    'bandwidth_cap',
    'bandwidth_cap_mbps',
    'bandwidth_limit',
    'bandwidth_limit_mbps',
    'cap_mbps',
  ];
  const field = names.find((name) => row.raw(name) !== null);
  const value = field === undefined ? null : textOf(row.raw(field));
  return field === undefined || value === null ? null : { field, value };
}

/** Created or changed: an answer that cannot be read is no failure, the address is read again. */
function decodeSavedRule(body: unknown, report: Report): SavedRule {
  const outer = objectOf(body, 'rule');
  return { rule: outer?.['id'] === undefined ? null : readRule(outer, 'rule', report) };
}

const rates = (...names: readonly string[]): ColumnNames =>
  names.flatMap((name): ColumnNames => [
    [`${name}_bps`, 1],
    [`bps_${name}`, 1],
    [`${name}_kbps`, 1e3],
    [`${name}_mbps`, 1e6],
    [name, 1],
  ]);
const bandwidthColumns = {
  in: rates('in', 'rx', 'ingress', 'inbound'),
  out: rates('out', 'tx', 'egress', 'outbound'),
};
const packetNames = ['pps', 'packets_per_second', 'in_pps', 'pps_in', 'packets', 'in', 'value'];
const packetColumns = { pps: packetNames.map((name) => [name, 1] as const) };

function decodeBandwidth(body: unknown, report: Report): BandwidthSeries | null {
  const series = readColumns(body, bandwidthColumns);
  if (series === null) {
    report('', `expected a time series, got ${typeName(body)}`);
    return null;
  }
  const { atMs, columns } = series;
  return { atMs, inBitsPerSecond: columns.in, outBitsPerSecond: columns.out };
}

function decodePackets(body: unknown, report: Report): PacketSeries | null {
  const series = readColumns(body, packetColumns);
  if (series === null) report('', `expected a time series, got ${typeName(body)}`);
  return series && { atMs: series.atMs, packetsPerSecond: series.columns.pps };
}

const ranked = (label: readonly string[], detail: readonly string[]) => {
  const names: RankingNames = { label, detail };
  return answer(byId, (body, report) => readRanking(body, report, names));
};

/** A whole rule: the body of an update is not in the reference, so all of it is sent. */
const ruleBody = z.object({
  action: z.enum(['allow', 'block']),
  protocol: z.enum(['tcp', 'udp', 'any']),
  src_cidr: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  /** Null is any port, as absent is. */
  dst_port: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(65_535)))),
});

const policyWord = z.optional(z.enum(['allow', 'block']));

const oneRule = z.object({ id: pathId, ruleId: pathId });

/** Protected addresses: firewall and traffic. */
export const shieldEndpoints = {
  'shield.ips': list(nothing, readIp),
  'shield.ip': answer(byId, decodeProfile),
  'shield.createRule': answer(z.object({ path: z.object({ id: pathId }), body: ruleBody }), decodeSavedRule),
  'shield.updateRule': answer(z.object({ path: oneRule, body: ruleBody }), decodeSavedRule),
  'shield.deleteRule': answer(z.object({ path: oneRule }), done),
  'shield.setPolicy': answer(
    z.object({
      path: z.object({ id: pathId }),
      // Only what changes is sent: the other default stays as it is.
      body: z.object({ default_in: policyWord, default_out: policyWord }),
    }),
    done,
  ),
  'shield.bandwidth': answer(byId, decodeBandwidth),
  'shield.topIps': ranked(['ip', 'src_ip', 'source_ip', 'address'], ['asn', 'as_name', 'country']),
  'shield.topAsns': ranked(['asn', 'as_number', 'as'], ['name', 'as_name', 'org', 'organization']),
  'shield.countries': ranked(['country', 'country_code', 'code', 'name'], ['country_name', 'name']),
  'shield.ports': ranked(['port', 'dst_port', 'destination_port'], ['protocol', 'service', 'name']),
  'shield.pps': answer(byId, decodePackets),
};
