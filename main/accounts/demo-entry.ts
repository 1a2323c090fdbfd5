import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import type { AccountEntries, Identity } from './account-entries.ts';
import { demoId } from './demo-id.ts';

/** What the demo account is opened with. */
export interface DemoEntryDeps {
  /** Starts the local Evorxa of the demo account. */
  readonly startDemo: () => Promise<Result<{ readonly apiUrl: string; readonly token: string }>>;
  /** Asks `GET /me` with the token. */
  readonly identify: (apiUrl: string, token: string) => Promise<Result<Identity>>;
}

const noAccount: AppError = { kind: 'no-account' };

/** The demo account among the others: there once its local Evorxa runs. */
export class DemoEntry {
  readonly #deps: DemoEntryDeps;
  readonly #entries: AccountEntries;
  #starting: Promise<Result<undefined>> | null = null;
  /** The local Evorxa has ended, and the account is still there. */
  #isDown = false;

  constructor(deps: DemoEntryDeps, entries: AccountEntries) {
    this.#deps = deps;
    this.#entries = entries;
  }

  isThere(): boolean {
    return this.#entries.get(demoId) !== undefined;
  }

  /** The local Evorxa has ended by itself. */
  ended(): void {
    this.#isDown = this.isThere();
  }

  /** Starts the local Evorxa where it does not run, once for all who ask meanwhile, and has the account there. */
  async open(): Promise<Result<undefined>> {
    if (this.isThere() && !this.#isDown) return ok(undefined);
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async #start(): Promise<Result<undefined>> {
    const wasThere = this.isThere();
    const demo = await this.#deps.startDemo();
    if (!demo.ok) return demo;
    const { apiUrl, token } = demo.value;
    const identity = await this.#deps.identify(apiUrl, token);
    if (!identity.ok) return identity;
    // Closed while it was started again.
    if (wasThere && !this.isThere()) return fail(noAccount);
    this.#isDown = false;
    this.#entries.put(
      {
        id: demoId,
        kind: 'demo',
        ...identity.value,
        apiUrl,
        storage: 'session',
        access: 'ready',
        writeToken: null,
      },
      token,
      false,
    );
    return ok(undefined);
  }
}
