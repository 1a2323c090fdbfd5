import type { Cents } from '../../../preload/contract/brands.ts';

export interface WalletBalance {
  readonly balanceCents: Cents;
}
