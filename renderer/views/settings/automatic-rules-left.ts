import { formatCounted } from '../../../preload/contract/format.ts';

/** What becomes of automatic rules once their account is signed out, as sentences; null where there are none. */
export function leftBySignOut(
  rules: readonly { readonly kind: 'timed-block' | 'address-rule' }[],
): string | null {
  const blocks = rules.filter(({ kind }) => kind === 'timed-block').length;
  const addresses = rules.length - blocks;
  const parts = [
    ...(blocks === 0
      ? []
      : [
          `${formatCounted(blocks, 'timed block')} will not end by ${blocks === 1 ? 'itself' : 'themselves'}`,
        ]),
    ...(addresses === 0
      ? []
      : [`${formatCounted(addresses, 'rule')} will not follow your address any longer`]),
  ];
  if (parts.length === 0) return null;
  const [whose, them] =
    rules.length === 1 ? ['Its rule stays as it is', 'it'] : ['Their rules stay as they are', 'them'];
  return `${parts.join(', and ')}. ${whose}. To end ${them}, do so in Shield before you sign out.`;
}
