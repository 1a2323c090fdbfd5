import { canonicalAddress, canonicalHostName, isReachable } from '../../../preload/contract/address.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import type { InstanceRecord } from '../models/instance-record.ts';
import { deletionOf, isRebootPending, hasSign } from './deletion.ts';
import type { Report } from './drift.ts';
import { find, hasField, shapeOf, type Shape } from './fields.ts';
import {
  instanceIdOf,
  linkedProjectIdOf,
  linkedProjectNames,
  plainInstanceId,
  plainProjectId,
} from './ids.ts';
import { Row } from './row.ts';
import { objectOf } from './shapes.ts';
import { timeMsOf } from './time.ts';
import { diskMebibytesFrom, mebibytesFrom, sizeOf } from './sizes.ts';
import { isList, isRaw, isText, opened, textLimit, type Raw } from './values.ts';

/** Decodes an instance; null where it has no id. Everything else can be absent. */
export function readInstance(raw: unknown, path: string, report: Report): InstanceRecord | null {
  return readAsPromised(raw) ?? readTolerantly(raw, path, report);
}

/**
 * Reads a row that is just what the reference promises, without a mark; null for any other. It gives what the tolerant
 * reading gives at a fraction of its cost: V8 remembers where an object keeps a field only for a name that is written
 * out, and nothing is made but the record.
 */
function readAsPromised(raw: unknown): InstanceRecord | null {
  if (!isRaw(raw) || !isPromised(raw)) return null;
  const { name, hostname, status, plan, vcpu, ram, storage, ip_addresses: addresses } = raw;
  const { main_ip: mainIp, os_name: osName = null, project_id: project = null } = raw;
  const id = plainInstanceId(raw['id']);
  const projectId = project === null ? null : plainProjectId(project);
  const billedTillMs = timeMsOf(raw['billed_till']);
  if (id === null || billedTillMs === null || (project !== null && projectId === null)) return null;
  if (!isLine(name) || !isLine(hostname) || !isLine(status) || !isLine(plan)) return null;
  if (
    !isSize(vcpu) ||
    !isGigabytes(ram) ||
    !isSize(storage) ||
    storage >= diskMebibytesFrom ||
    !areAddresses(addresses)
  )
    return null;
  // Where it is absent, not null, one of the others is it.
  if ((mainIp !== null && !isAddress(mainIp)) || (osName !== null && !isLine(osName))) return null;
  if (canonicalHostName(hostname) !== hostname) return null;
  return {
    id,
    name,
    hostname,
    status,
    planSlug: plan,
    vcpu,
    ramGb: ram,
    storageGb: storage,
    mainIp,
    addresses,
    projectId,
    osName,
    billedTillMs,
    createdAtMs: null,
    isDeletionPending: false,
    deletionAtMs: null,
    isRebootPending: false,
  };
}

const nameNames = ['name', 'label', 'display_name'] as const;
const hostNames = ['hostname', 'host_name', 'fqdn'] as const;
const planNames = [
  'plan',
  'plan_slug',
  'package',
  'plan_name',
  'package_name',
  'plan_id',
  'package_id',
  'size_slug',
  'server_type',
  'flavor',
] as const;
const osNames = ['os_name', 'os', 'operating_system', 'os_template', 'template', 'image'] as const;
const createdNames = ['created_at', 'created'] as const;
const paidNames = [
  'billed_till', 'billed_until', 'paid_till', 'paid_until', 'paid_through', 'next_due_date', 'next_due', 'due_date', 'due_at',
  'renews_at', 'renews_on', 'renewal_date', 'renewal_at', 'renewal_on', 'next_renewal', 'next_renewal_at', 'next_renewal_date',
  'next_renewal_on', 'next_billing_at', 'next_billing_date', 'next_billing', 'next_payment_at', 'next_payment_date',
  'next_invoice_at', 'next_invoice_date', 'next_charge_at', 'billing_paid_until', 'billing_paid_till', 'billing_renews_at',
  'billing_renews_on', 'billing_next_renewal', 'billing_next_due', 'billing_next_due_date', 'billing_end', 'billing_until',
  'billing_period_end', 'subscription_renews_at', 'subscription_current_period_end', 'current_period_end',
  'period_end', 'paid_to', 'expires_at', 'expires_on', 'expires', 'expiry', 'expiry_date', 'expire_date',
  'expiration_date', 'expiration', 'expires_date', 'valid_until', 'billing_expires_at',
] as const; // prettier-ignore
const mainNames = [
  'main_ip',
  'primary_ip',
  'main_ip_address',
  'public_ip',
  'ip',
  'ipv4',
  'ip_address',
  'address',
] as const;
const addressNames = [
  'ip_addresses',
  'addresses',
  'ips',
  'ip_address',
  'network',
  'networks',
  'interfaces',
] as const;

/** Beside those, or instead of them: lists of one family or one kind. */
const otherAddressNames = [
  'ipv4',
  'ipv6',
  'ipv6_address',
  'ipv6_addresses',
  'ipv4_addresses',
  'public_net',
  'assigned_ips',
  'additional_ips',
  'secondary_ips',
  'floating_ips',
] as const;

/** Of each field that can be absent, the reference's name first, and what else it may be called. */
const optional = [mainNames, osNames, linkedProjectNames] as const;
/** Fields that the reference's row does not have, and of which the tolerant reading makes something. */
const more = [...createdNames, ...otherAddressNames, 'attributes', 'data', 'instance', 'server'];
/** By shape, which is the same object for all rows of a list: nothing is looked up twice. */
const promisedShapes = new WeakMap<Shape, boolean>();

/** True for a row without a field or a mark that the reference's own row does not have. */
function isPromised(raw: Raw): boolean {
  const shape = shapeOf(raw);
  let isKnown = promisedShapes.get(shape);
  if (isKnown === undefined) {
    isKnown =
      !hasField(raw, more) &&
      optional.every(
        ([promised, ...others]) =>
          !hasField(raw, others) && (raw[promised] !== undefined || !hasField(raw, [promised])),
      );
    promisedShapes.set(shape, isKnown);
  }
  return isKnown && !hasSign(raw);
}

/** A text of which nothing has to be taken away to show it: nearly all are plain ASCII. */
const isLine = (raw: unknown): raw is string =>
  isText(raw) && (/^[!-~]+(?: [!-~]+)*$/.test(raw) || displayText(raw, textLimit) === raw);
/** Below zero nothing was measured. */
const isSize = (raw: unknown): raw is number => typeof raw === 'number' && Number.isFinite(raw) && raw >= 0;
const isGigabytes = (raw: unknown): raw is number => isSize(raw) && raw < mebibytesFrom;
const isAddress = (raw: unknown): raw is string =>
  isText(raw) && canonicalAddress(raw) === raw && !isNoAddress(raw);

function areAddresses(raw: unknown): raw is readonly string[] {
  return Array.isArray(raw) && raw.every(isAddress) && (raw.length < 2 || new Set(raw).size === raw.length);
}

/** What stands in for an address before there is one. */
const isNoAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';

function readTolerantly(raw: unknown, path: string, report: Report): InstanceRecord | null {
  const object = objectOf(raw, 'instance', 'server');
  const row = Row.of(object ?? raw, path, report);
  const id = row && instanceIdOf(row);
  if (row === null || id === null || object === null) return null;
  const hostname = row.hostName(...hostNames);
  const deletion = deletionOf(object);
  const addresses = addressesOf(row, object).filter((address) => !isNoAddress(address));
  return {
    id,
    name: row.label(...nameNames) ?? hostname ?? id,
    hostname,
    status: row.text('status', 'state') ?? '',
    planSlug: row.text(...planNames),
    ...sizeOf(object, (field) => row.report(field, 'expected a size')),
    mainIp: mainAddress(row, addresses),
    addresses,
    projectId: linkedProjectIdOf(row),
    osName: row.label(...osNames),
    billedTillMs: row.timeMs(...paidNames),
    createdAtMs: row.timeMs(...createdNames),
    isDeletionPending: deletion.isPending,
    deletionAtMs: deletion.atMs,
    isRebootPending: isRebootPending(object),
  };
}

/** The addresses of all fields that hold some, each once. A field that only says whether there are any is none. */
function addressesOf(row: Row, object: Raw): readonly string[] {
  const others = otherAddressNames.filter((name) => {
    const value = opened(find(object, [name])?.value);
    return typeof value === 'string' || isList(value) || (isRaw(value) && !hasField(value, ['enabled']));
  });
  return [...new Set([row.addresses(...addressNames), ...others.map((name) => row.addresses(name))].flat())];
}

/** The main address; where the row has no such field, also not as null, the first that others can reach. */
function mainAddress(row: Row, addresses: readonly string[]): string | null {
  const isList = Array.isArray(opened(row.raw(...mainNames)));
  if (!row.has(...mainNames) || isList) return addresses.find(isReachable) ?? addresses[0] ?? null;
  const address = row.address(...mainNames);
  return address === null || isNoAddress(address) ? null : address;
}
