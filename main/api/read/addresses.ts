import { canonicalAddress } from '../../../preload/contract/address.ts';
import { find, wordsOf } from './fields.ts';
import { isList, isRaw, opened } from './values.ts';

/** What an object calls the one address that it is about. */
const ownNames = ['address', 'ip', 'ip_address', 'ip_addr', 'subnet', 'network', 'value'] as const;
const firstNames = ['is_primary', 'primary', 'is_main', 'main', 'is_default'] as const;
/** Groups of addresses, and addresses by their family or role. */
const groupWord =
  /^(?:ip|ips|ipv4|ipv6|v4|v6|inet6?|addresses|public|private|primary|main|secondary|additional|interfaces?|networks?|\d+)$/;

/**
 * The addresses in a value, each once and in its one form: a text, a list, objects with an address or a subnet in them,
 * groups such as `{ ipv4: […], ipv6: […] }`, a map by address, and the JSON of any of them in a string. A gateway or a
 * mask beside an address is none. `miss` is told where something stands that is no address, as a path.
 */
export function addressesIn(raw: unknown, miss: (path: string) => void): readonly string[] {
  return [...new Set(collect(raw, '', miss, 0))];
}

function collect(raw: unknown, path: string, miss: (path: string) => void, depth: number): readonly string[] {
  const value = opened(raw);
  if (typeof value === 'string') return ofText(value, path, miss);
  if (isList(value) && depth < 5) {
    const found = value.map((item, index) => ({
      isFirst: isFirst(item),
      addresses: collect(item, `${path}[${index}]`, miss, depth + 1),
    }));
    return [...found.filter((it) => it.isFirst), ...found.filter((it) => !it.isFirst)].flatMap(
      (it) => it.addresses,
    );
  }
  if (!isRaw(value) || depth >= 5) {
    if (value !== null && value !== undefined) miss(path);
    else if (path !== '') miss(path);
    return [];
  }
  const own = find(value, ownNames);
  if (own !== null) return collect(own.value, `${path}.${own.path}`, miss, depth + 1);
  const groups = Object.entries(value).filter(([, inner]) => inner !== null);
  const found = groups.flatMap(([key, inner]) => {
    const address = canonicalAddress(key);
    if (address !== null) return [address];
    return wordsOf(key).every((word) => groupWord.test(word))
      ? collect(inner, `${path}.${key}`, miss, depth + 1)
      : [];
  });
  if (found.length === 0 && groups.length > 0 && !groups.some(([, inner]) => isList(inner))) miss(path);
  return found;
}

/** Whether an object says that it is the one that counts among its neighbours. */
function isFirst(raw: unknown): boolean {
  const value = opened(raw);
  return isRaw(value) && [true, 1, '1', 'true'].includes(find(value, firstNames)?.value as never);
}

function ofText(text: string, path: string, miss: (path: string) => void): readonly string[] {
  const parts = text.split(/[,;]/).filter((part) => part.trim() !== '');
  return parts.flatMap((part) => {
    const address = canonicalAddress(part);
    if (address === null) miss(path);
    return address ?? [];
  });
}
