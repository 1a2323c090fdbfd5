import { describe, expect, it } from 'vitest';
import {
  afterWafApp,
  afterWafList,
  wafAttention,
  wafChanges,
  type WafReading,
} from '../../../main/domain/index.ts';
import type { WafApp } from '../../../preload/contract/waf.ts';
import { appId, wafApp, wafHostname } from '../waf/builders.ts';

const shop = wafApp('71');
const docs = wafApp('72', {
  name: 'docs',
  hostnames: [wafHostname('310', 'docs.example.net', { sslStatus: 'failed' })],
});
const first = (...apps: readonly WafApp[]): WafReading => afterWafList(null, apps, true);
const withCertificate = (sslStatus: string | null): WafApp =>
  wafApp('71', { hostnames: [wafHostname('301', 'shop.example.com', { sslStatus })] });

/** What a second list tells after a first one, in short. */
function seen(before: WafReading, rows: readonly WafApp[], isWhole = true): readonly string[] {
  return wafChanges(before, afterWafList(before, rows, isWhole)).map((change) =>
    'hostname' in change
      ? `${change.app.name}: ${change.kind} ${change.hostname.hostname}`
      : `${change.app.name}: ${change.kind}`,
  );
}

describe('changes of WAF apps', () => {
  it('are apps that came and went', () => {
    expect(seen(first(shop), [docs])).toEqual(['docs: app-created', 'shop: app-deleted']);
    expect(seen(first(), [shop])).toEqual(['shop: app-created']);
    expect(seen(first(shop, docs), [docs, shop])).toEqual([]);
  });

  it('are the firewall, the hostnames and the certificates of an app', () => {
    const after = wafApp('71', {
      isFirewallOn: false,
      hostnames: [wafHostname('302', 'www.shop.example.com', { sslStatus: 'queued' })],
    });
    expect(seen(first(shop), [after])).toEqual([
      'shop: firewall-off',
      'shop: hostname-added www.shop.example.com',
      'shop: hostname-removed shop.example.com',
    ]);
    expect(seen(first(after), [{ ...after, isFirewallOn: true }])).toEqual(['shop: firewall-on']);
  });

  it.each([
    ['active', 'failed', ['shop: certificate-failed shop.example.com']],
    ['active', 'expired', ['shop: certificate-failed shop.example.com']],
    ['failed', 'active', ['shop: certificate-issued shop.example.com']],
    // Who follows it tells of its end, and of a retry there is nothing to tell.
    ['queued', 'active', []],
    ['queued', 'failed', []],
    ['failed', 'queued', []],
    ['active', 'in_orbit', []],
    [null, 'failed', []],
  ])('are of a certificate from %s to %s: %j', (from, to, told) => {
    expect(seen(first(withCertificate(from)), [withCertificate(to)])).toEqual(told);
  });

  it('are none where an answer says less than the one before', () => {
    const lean = wafApp('71', { isFirewallOn: null, hostnames: [] });
    const before = first(shop);
    const after = afterWafList(before, [lean], true);
    expect(wafChanges(before, after)).toEqual([]);
    expect(seen(after, [wafApp('71', { isFirewallOn: false })])).toEqual(['shop: firewall-off']);
    const noStates = afterWafList(before, [withCertificate(null)], true);
    expect(seen(noStates, [withCertificate('failed')])).toEqual([
      'shop: certificate-failed shop.example.com',
    ]);
  });

  it('know a hostname by its name, whatever id it has', () => {
    const renamed = wafApp('71', { hostnames: [wafHostname('shop.example.com', 'shop.example.com')] });
    expect(seen(first(shop), [renamed])).toEqual([]);
  });

  it('are of an app by itself also that it has no hostname left', () => {
    const before = first(shop, docs);
    const after = afterWafApp(before, wafApp('71', { hostnames: [] }));
    expect(wafChanges(before, after)).toMatchObject([{ kind: 'hostname-removed' }]);
    expect(afterWafApp(before, wafApp('99'))).toEqual(before);
  });

  it('of a list that is cut are none of the apps behind the cut', () => {
    expect(seen(first(shop, docs), [shop], false)).toEqual([]);
    const cut = afterWafList(null, [shop], false);
    expect(seen(cut, [shop, docs])).toEqual([]);
    expect(seen(afterWafList(cut, [shop, docs], true), [shop])).toEqual(['docs: app-deleted']);
  });
});

it('WAF apps need attention whose certificates failed, or whose firewall was turned off elsewhere', () => {
  expect(wafAttention([shop, docs], new Set())).toEqual([
    { appId: '72', name: 'docs', failedCertificates: 1, isTurnedOff: false },
  ]);
  expect(wafAttention([shop], new Set([appId('71')]))).toMatchObject([{ appId: '71', isTurnedOff: true }]);
});
