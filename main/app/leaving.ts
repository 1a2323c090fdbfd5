import type { SignedOut } from '../../preload/contract/account.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Accounts } from '../accounts/index.ts';
import { openAddresses, type ShieldChanges, type ShieldRuns } from '../shield/index.ts';

/** What leaving accounts takes. */
export interface LeavingOptions {
  readonly accounts: Pick<Accounts, 'signOut'>;
  /** The changes of an account's firewalls; null while it cannot be used. */
  readonly changesOf: (id: AccountId) => Pick<ShieldChanges, 'open' | 'takeBackOpen'> | null;
  /** The changes that were under way when the app ended. */
  readonly shieldRuns: Pick<ShieldRuns, 'of'>;
}

/** Signs accounts out: what the app has promised to take back is taken back before its token goes. */
export class Leaving {
  readonly #options: LeavingOptions;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  /** The addresses whose firewall's change waits to be confirmed: nobody would take it back once the account is gone. */
  openChanges(id: AccountId): readonly string[] {
    const { changesOf, shieldRuns } = this.#options;
    return changesOf(id)?.open() ?? openAddresses(shieldRuns.of(id).all());
  }

  /**
   * Takes back what waits to be confirmed, unless `leaveChanges`, and signs out. Errors: `refused` where a change could not
   * be taken back, which is named: the account stays then; those of the accounts.
   */
  async signOut(id: AccountId, leaveChanges: boolean): Promise<Result<SignedOut>> {
    if (!leaveChanges) {
      const changes = this.#options.changesOf(id);
      const left = changes === null ? this.openChanges(id) : await changes.takeBackOpen();
      if (left.length > 0) return fail({ kind: 'refused', message: stayed(left) });
    }
    return this.#options.accounts.signOut(id);
  }

  /** Signs out all of them, by the same way. Error: the first one's that stays. */
  async signOutAll(ids: readonly AccountId[]): Promise<Result<undefined>> {
    for (const id of ids) {
      const signedOut = await this.signOut(id, false);
      if (!signedOut.ok) return signedOut;
    }
    return ok(undefined);
  }
}

const stayed = (left: readonly string[]): string =>
  `The firewall change of ${left.join(', ')} could not be taken back. You are still signed in.`;
