import * as z from 'zod/mini';
import { formatWhole } from '../../../preload/contract/format.ts';
import type { ShieldIp, ShieldIpProfile, ShieldRule } from '../../../preload/contract/shield.ts';
import type { BandwidthSeries, PacketSeries, SavedRule } from '../models/shield.ts';
import { isCutShort } from '../pages.ts';
import { typeName, type Report } from '../read/drift.ts';
import { find } from '../read/fields.ts';
import { hasOwnId, linkedInstanceIdOf, shieldIpIdOf } from '../read/ids.ts';
import { bitRate, packetRate } from '../read/measures.ts';
import { readRanking, type RankingNames } from '../read/ranking.ts';
import { Row } from '../read/row.ts';
import { readColumns } from '../read/series.ts';
import { mapKey, objectOf, readList, rowsOf } from '../read/shapes.ts';
import { ruleReader } from '../read/shield-rule.ts';
import { isRaw, opened, textOf, type Raw } from '../read/values.ts';
import { answer, byId, done, list, nothing, pathId } from './define.ts';

function readIp(raw: unknown, path: string, report: Report): ShieldIp | null {
  const row = Row.of(raw, path, report);
  const id = row && shieldIpIdOf(row);
  if (row === null || id === null) return null;
  const address = row.ownAddress('ip', 'address', 'ip_address', mapKey);
  if (address === null) return null;
  const rules = opened(row.raw('rules', 'firewall_rules'));
  const listed = rowsOf(rules)?.length ?? null;
  return {
    id,
    address,
    instanceId: linkedInstanceIdOf(row),
    ruleCount:
      listed === null || isCutShort(rules, listed)
        ? row.number('rules_count', 'rule_count', 'rules', 'rules_total')
        : listed,
    defaultIn: row.text('default_in', 'policy_default_in', 'policy_in', 'policy_inbound'),
    defaultOut: row.text('default_out', 'policy_default_out', 'policy_out', 'policy_outbound'),
  };
}

function decodeProfile(body: unknown, report: Report): ShieldIpProfile | null {
  const whole = opened(body);
  const outer = objectOf(whole, 'ip');
  // `ip` can be the object or the address in it; rules and policy can lie beside the object.
  const merged = isRaw(whole) && outer !== null ? { ...whole, ...outer } : outer;
  const ip = readIp(merged, '', report);
  if (ip === null || merged === null) return null;
  const row = new Row(merged, '', report);
  return {
    ...ip,
    rdns: row.label('rdns', 'reverse_dns', 'ptr', 'rdns_hostname'),
    bandwidthCap: bandwidthCap(merged),
    rules: readRules(row, ip.address, report),
  };
}

/** The rules of an address; null where they could not be read: none at all would say that the policy decides alone. */
function readRules(row: Row, address: string, report: Report): readonly ShieldRule[] | null {
  const raw = row.raw('rules', 'firewall_rules', 'firewall');
  if (raw === null) {
    row.report('rules', 'expected a list, got null');
    return null;
  }
  return readList(raw, ruleReader(address.includes(':') ? 6 : 4), 'rules', report);
}

const cap = bitRate(false, 'bandwidth_cap', 'bandwidth_limit', 'cap', 'port_speed', 'bandwidth');
const capNames = ['bandwidth_cap', 'bandwidth_limit', 'cap', 'port_speed'] as const;

/** In Mbit/s where the field says its unit; else as the API has it. */
function bandwidthCap(raw: Raw): ShieldIpProfile['bandwidthCap'] {
  const bitsPerSecond = cap.in(raw);
  if (bitsPerSecond !== null) return { text: formatWhole(bitsPerSecond / 1e6), unit: 'Mbit/s' };
  const found = find(raw, capNames);
  const text = found === null || isRaw(found.value) ? null : textOf(found.value);
  return found === null || text === null ? null : { text, unit: 'unit not given' };
}

/** Created or changed: an answer that cannot be read is no failure, the address is read again. */
function decodeSavedRule(body: unknown, report: Report): SavedRule {
  const outer = objectOf(body, 'rule');
  return {
    rule: outer === null || !hasOwnId(outer, 'rule') ? null : ruleReader(4)(outer, 'rule', report),
  };
}

const bandwidthColumns = {
  in: bitRate(true, 'in', 'rx', 'ingress', 'inbound', 'incoming'),
  out: bitRate(true, 'out', 'tx', 'egress', 'outbound', 'outgoing'),
};
const packetColumns = {
  pps: packetRate('pps', 'packets_per_second', 'packets_per_sec', 'packets', 'in', 'value', 'rate'),
};

function decodeBandwidth(body: unknown, report: Report): BandwidthSeries | null {
  const series = readColumns(body, bandwidthColumns);
  if (series === null) {
    report('bandwidth', `expected a time series, got ${typeName(body)}`);
    return null;
  }
  const { atMs, columns, named } = series;
  for (const name of ['in', 'out'] as const) {
    if (atMs.length > 0 && !named.has(name)) report(name, 'expected a column');
  }
  return { atMs, inBitsPerSecond: columns.in, outBitsPerSecond: columns.out };
}

function decodePackets(body: unknown, report: Report): PacketSeries | null {
  const series = readColumns(body, packetColumns);
  if (series === null) report('pps', `expected a time series, got ${typeName(body)}`);
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
  'shield.topIps': ranked(
    ['ip', 'src_ip', 'source_ip', 'address', 'source', 'src'],
    ['asn', 'as_name', 'country'],
  ),
  'shield.topAsns': ranked(
    ['asn', 'as_number', 'as'],
    ['name', 'as_name', 'asn_name', 'org', 'organization'],
  ),
  'shield.countries': ranked(
    ['country_code', 'code', 'iso', 'country', 'name'],
    ['country_name', 'name', 'country'],
  ),
  'shield.ports': ranked(['port', 'dst_port', 'destination_port'], ['protocol', 'service', 'name']),
  'shield.pps': answer(byId, decodePackets),
};
