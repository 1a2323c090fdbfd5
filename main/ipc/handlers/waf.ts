import type { WafAppId } from '../../../preload/contract/brands.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { readHostname } from '../../hostnames/index.ts';
import type { Waf } from '../../waf/index.ts';
import { onCurrent, readAgain, type Domain, type Watching } from './shared.ts';

/** The account that is shown, as far as its WAF is concerned. */
interface WafAccount extends Watching {
  readonly waf: Waf;
}

/** Answers the calls of the domain `waf`. `current` gives null while the shown account cannot be used. */
export function createWafHandlers(current: () => WafAccount | null): Domain<'waf'> {
  /** Runs `act` on the account that is shown, then has what it changed read again, however it ended. */
  const changing = <T>(appId: WafAppId | null, act: (waf: Waf) => Promise<Result<T>>) =>
    onCurrent(current, async (account) => {
      const result = await act(account.waf);
      await readAgain(account, [
        { kind: 'waf-apps' },
        ...(appId === null ? [] : [{ kind: 'waf-app', appId } as const]),
      ]);
      return result;
    });
  return {
    readHostname: ({ text }) => readHostname(text),
    create: (wanted) => changing(null, (waf) => waf.create(wanted)),
    setFirewall: (wanted) => changing(wanted.appId, (waf) => waf.setFirewall(wanted)),
    addHostname: (wanted) => changing(wanted.appId, (waf) => waf.addHostname(wanted)),
    retryCertificate: (wanted) => changing(wanted.appId, (waf) => waf.retryCertificate(wanted)),
    removeHostname: (wanted) => changing(wanted.appId, (waf) => waf.removeHostname(wanted)),
    // Its own watch would only find that it is gone.
    remove: (wanted) => changing(null, (waf) => waf.remove(wanted)),
    checkDns: (wanted) => onCurrent(current, ({ waf }) => waf.checkDns(wanted)),
    checkOrigin: (wanted) => onCurrent(current, ({ waf }) => waf.checkOrigin(wanted)),
  };
}
