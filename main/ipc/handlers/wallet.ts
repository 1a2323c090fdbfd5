import { ok } from '../../../preload/contract/result.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import { onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `wallet`. `current` gives null while the shown account cannot be used. */
export function createWalletHandlers(
  current: () => Pick<AccountRuntime, 'monitor'> | null,
): Domain<'wallet'> {
  return { forecast: () => onCurrent(current, ({ monitor }) => ok(monitor.forecast())) };
}
