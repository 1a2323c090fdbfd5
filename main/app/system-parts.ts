import { join } from 'node:path';
import { app } from 'electron';
import type { RequestLog } from '../api/index.ts';
import { askAddress } from '../desktop/ask-address.ts';
import { createLoginStart } from '../desktop/login-start.ts';
import { createDnsResolver, dnsServers, type DnsResolver } from '../dns/index.ts';
import type { Publishers } from '../ipc/bind.ts';
import { openLog, type Log } from '../log/index.ts';
import type { Storage } from '../storage/index.ts';
import { createForkProcess, type ForkProcess } from '../utility-process/index.ts';
import { aboutApp, AppStatus, createMissingLog } from './app-status.ts';
import { createDefaultApi, type DefaultApi } from './default-api.ts';
import { createErrorReports, type ErrorReports } from './error-reports.ts';
import { createMemoryReturn, type MemoryReturn } from './memory-return.ts';
import { createRequestLog } from './network.ts';

/** What all other parts are made with, which knows of no account. */
export interface SystemParts {
  readonly log: Log;
  /** Logs what a part threw that nobody else can answer for. */
  readonly report: (cause: unknown) => void;
  readonly errorReports: ErrorReports;
  /** Starts the app's utility processes. */
  readonly fork: ForkProcess;
  readonly logRequest: (entry: RequestLog) => void;
  readonly defaultApi: DefaultApi;
  /** Asks DNS. */
  readonly resolver: DnsResolver;
  readonly loginStart: ReturnType<typeof createLoginStart>;
  readonly memoryReturn: MemoryReturn;
  readonly status: AppStatus;
}

/** What they take. */
export interface SystemPartsOptions {
  /** The app's data folder. */
  readonly folder: string;
  readonly storage: Pick<Storage, 'health'>;
  readonly publish: Pick<Publishers, 'app'>;
}

/** Opens the log and the network, and what the window has to know of the app itself. */
export function createSystemParts({ folder, storage, publish }: SystemPartsOptions): SystemParts {
  const log = openLog(join(folder, 'logs', 'main.log'), !app.isPackaged);
  const loginStart = createLoginStart();
  const logMissing = createMissingLog(log);
  return {
    log,
    report: (cause) => log.error('A part of the app failed.', cause),
    errorReports: createErrorReports({ log, about: aboutApp(), nowMs: () => performance.now() }),
    fork: createForkProcess(log),
    logRequest: createRequestLog(log),
    defaultApi: createDefaultApi({
      fromEnvironment: process.env['EVORXA_API_URL'],
      isPackaged: app.isPackaged,
      ask: askAddress,
    }),
    resolver: createDnsResolver(
      dnsServers({ fromEnvironment: process.env['EVORXA_DNS_SERVERS'], isPackaged: app.isPackaged }),
    ),
    loginStart,
    memoryReturn: createMemoryReturn(),
    status: new AppStatus(
      () => storage.health(),
      () => loginStart.isOn(),
      (info) => {
        publish.app.infoChanged(info);
        logMissing(info);
      },
    ),
  };
}
