import type { Variant } from '../options.ts';
import { randomText, type Random } from '../random.ts';

/** The alphabet of a ULID (Crockford's base 32). */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The reference calls an instance's id a UUID and shows a ULID: one variant has each. */
export function newInstanceId(random: Random, createdAtMs: number, variant: Variant): string {
  if (variant === 'bare' || variant === 'virtfusion')
    return `${ulidTime(createdAtMs)}${randomText(random, 16, crockford)}`;
  const hex = (length: number): string => randomText(random, length, '0123456789abcdef');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

function ulidTime(epochMs: number): string {
  let rest = Math.floor(epochMs);
  let text = '';
  for (let digit = 0; digit < 10; digit += 1) {
    text = crockford.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
