import type { Project } from '../../../preload/contract/account.ts';

/** The user behind a token. `wallet_balance` is left out: it carries no unit, `wallet.balance` does. */
export interface Me {
  readonly id: string;
  /** The e-mail address where there is no name. */
  readonly name: string;
  readonly email: string | null;
  /** False: the set-up has to be finished on the web dashboard. */
  readonly onboarded: boolean;
  readonly projects: readonly Project[];
}
