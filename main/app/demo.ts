import { demoId, type Accounts } from '../accounts/index.ts';
import type { AppConsoles } from '../console/index.ts';
import { createCrashGuard } from '../desktop/crash-guard.ts';
import type { AppStatus } from './app-status.ts';
import { createDemoAccount, restartDemo, type DemoAccount, type DemoAccountOptions } from './demo-account.ts';
import { createSignal } from './signal.ts';

/** What the demo takes. */
export interface DemoOptions extends Omit<DemoAccountOptions, 'trustConsoles' | 'onEnded'> {
  readonly status: Pick<AppStatus, 'setDemo'>;
}

/** The demo account's local Evorxa: started when it is opened, and again where it ends by itself. */
export interface Demo extends DemoAccount {
  /** Names those who are made of it: the accounts, told of its end, and the consoles, told of its certificate. */
  connect(parts: {
    readonly accounts: Pick<Accounts, 'demoEnded' | 'restartDemo'>;
    readonly consoles: Pick<AppConsoles, 'trustOnly'>;
  }): void;
}

/** Makes it. Nothing runs until it is started. */
export function createDemo({ status, ...options }: DemoOptions): Demo {
  const { report } = options;
  const certificates = createSignal<string>();
  const ended = createSignal<undefined>();
  const guard = createCrashGuard(() => performance.now());
  const demo = createDemoAccount({
    ...options,
    trustConsoles: certificates.tell,
    onEnded: () => ended.tell(undefined),
  });
  return {
    start: async () => {
      const started = await demo.start();
      if (started.ok) status.setDemo('as-opened');
      return started;
    },
    stop: () => demo.stop(),
    connect: ({ accounts, consoles }) => {
      certificates.listen((certificate) => consoles.trustOnly(demoId, certificate));
      ended.listen(() => {
        accounts.demoEnded();
        void restartDemo({
          mayRestart: () => guard.mayReload(),
          restart: () => accounts.restartDemo(),
          onState: (state) => status.setDemo(state),
          report,
        });
      });
    },
  };
}
