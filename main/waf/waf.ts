import type { WafAppId, WafHostnameId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { DnsCheck, OriginCheck, WafApp } from '../../preload/contract/waf.ts';
import { isAnswerLost } from '../domain/index.ts';
import { KeyedMutex } from '../tasks/index.ts';
import { removeApp, setFirewall } from './change-app.ts';
import { createApp, type CreatedWafApp, type NewWafApp } from './create-app.ts';
import type { ExpectedWafChange } from './expected-changes.ts';
import { addHostname, removeHostname, retryCertificate } from './hostnames.ts';
import { checkDnsOf, readApp, refused, type WafParts } from './waf-parts.ts';

/** What an account's WAF is made with. */
export interface WafOptions extends WafParts {
  /** An application as it was read last; null where it was not. */
  readonly known: (appId: WafAppId) => Pick<WafApp, 'name' | 'hostnames' | 'cnameCandidates'> | null;
  /** A change is about to be sent. Gives what takes that back, where it was refused. */
  readonly expect: (change: ExpectedWafChange) => () => void;
  readonly onBug: (cause: unknown) => void;
}

interface InApp {
  readonly appId: WafAppId;
}
interface OfHostname extends InApp {
  readonly hostnameId: WafHostnameId;
}

/** What can be done with an account's WAF applications: one change of each at a time. */
export interface Waf {
  create(wanted: NewWafApp): Promise<Result<CreatedWafApp>>;
  setFirewall(wanted: InApp & { readonly isOn: boolean }): Promise<Result<undefined>>;
  addHostname(wanted: InApp & { readonly hostname: string }): Promise<Result<undefined>>;
  retryCertificate(wanted: OfHostname & { readonly despiteDns: boolean }): Promise<Result<undefined>>;
  removeHostname(wanted: OfHostname & { readonly acceptsOutage: boolean }): Promise<Result<undefined>>;
  remove(wanted: InApp & { readonly acceptsOutage: boolean }): Promise<Result<undefined>>;
  checkDns(wanted: OfHostname): Promise<Result<DnsCheck>>;
  checkOrigin(wanted: InApp): Promise<Result<OriginCheck>>;
}

/** Makes an account's WAF. */
export function createWaf(parts: WafOptions): Waf {
  const { known, expect, onBug } = parts;
  const mutex = new KeyedMutex<string>();
  const changing = <T>(key: string, act: () => Promise<Result<T>>): Promise<Result<T>> =>
    mutex.tryRun(key, act, (cause): Result<T> => {
      onBug(cause);
      return fail({ kind: 'unknown-outcome', message: 'The app failed while it was sent.' });
    }) ?? Promise.resolve(fail({ kind: 'busy', message: 'A change of this app is under way.' }));
  /** What is seen of it is then no news, unless it was not done. */
  const making = async <T>(change: ExpectedWafChange, act: () => Promise<Result<T>>): Promise<Result<T>> => {
    const takeBack = expect(change);
    const result = await act();
    if (!result.ok && !isAnswerLost(result.error)) takeBack();
    return result;
  };
  const nameOf = ({ appId }: InApp): string | null => known(appId)?.name ?? null;
  const hostnameOf = ({ appId, hostnameId }: OfHostname): string | null =>
    known(appId)?.hostnames.find(({ id }) => id === hostnameId)?.hostname ?? null;
  return {
    // One at a time: a second one might be the first again.
    create: (wanted) =>
      changing('create', () =>
        making({ kind: 'app-created', name: wanted.name }, () => createApp(parts, wanted)),
      ),
    setFirewall: (wanted) =>
      changing(wanted.appId, () =>
        making({ kind: wanted.isOn ? 'firewall-on' : 'firewall-off', appId: wanted.appId }, () =>
          setFirewall(parts, { ...wanted, name: nameOf(wanted) }),
        ),
      ),
    addHostname: (wanted) =>
      changing(wanted.appId, () =>
        making({ kind: 'hostname-added', appId: wanted.appId }, () => addHostname(parts, wanted)),
      ),
    retryCertificate: (wanted) =>
      changing(wanted.appId, () => retryCertificate(parts, { ...wanted, name: hostnameOf(wanted) })),
    removeHostname: (wanted) =>
      changing(wanted.appId, () =>
        making({ kind: 'hostname-removed', appId: wanted.appId }, () =>
          removeHostname(parts, { ...wanted, name: hostnameOf(wanted) }),
        ),
      ),
    remove: (wanted) =>
      changing(wanted.appId, () =>
        making({ kind: 'app-deleted', appId: wanted.appId }, () =>
          removeApp(parts, { ...wanted, name: nameOf(wanted) }),
        ),
      ),
    checkDns: async ({ appId, hostnameId }) => {
      // What a page shows it asks about, again and again: Evorxa is not asked each time.
      let app = known(appId);
      if (app?.hostnames.every(({ id }) => id !== hostnameId) ?? true) {
        const read = await readApp(parts, appId);
        if (!read.ok) return read;
        app = read.value;
      }
      const hostname = app?.hostnames.find(({ id }) => id === hostnameId);
      if (app === null || hostname === undefined) return refused('This hostname is no longer in the app.');
      const check = await checkDnsOf(parts, app, hostname);
      return check === null ? refused('This hostname could not be read.') : ok(check);
    },
    checkOrigin: async ({ appId }) => {
      const app = await readApp(parts, appId);
      if (!app.ok) return app;
      // With Node's HTTP, which nothing else of this process needs.
      const { checkOrigin } = await import('./check-origin.ts');
      return checkOrigin(parts, app.value);
    },
  };
}
