// @vitest-environment browser
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DnsCheck } from '../../../../../preload/contract/waf.ts';
import { fail, ok, type Result } from '../../../../../preload/contract/result.ts';
import { DnsQuestion } from '../../../../../renderer/views/waf/dns-checks.svelte.ts';
import { appId, hostnameId } from '../../../waf/builders.ts';

const checkDns = vi.hoisted(() => vi.fn<(name: unknown) => Promise<Result<DnsCheck>>>());
vi.mock('../../../../../renderer/client.ts', () => ({ client: { waf: { checkDns } } }));

const answer = (outcome: DnsCheck['outcome']): Result<DnsCheck> => ok({ outcome } as DnsCheck);
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('what DNS answers for a hostname, as a view asks for it', () => {
  let isVisible: boolean;
  beforeEach(() => {
    vi.useFakeTimers();
    isVisible = true;
    checkDns.mockReset().mockResolvedValue(answer('not-found'));
    vi.stubGlobal('document', {
      get visibilityState() {
        return isVisible ? 'visible' : 'hidden';
      },
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const question = () => new DnsQuestion(appId('71'), hostnameId('301'));

  it('is asked once at a time, and keeps its answer over an error', async () => {
    const asked = question();
    void asked.ask();
    expect(asked.isAsking).toBe(true);
    await asked.ask();
    await settle();
    expect(checkDns.mock.calls).toEqual([[{ appId: '71', hostnameId: '301' }]]);
    checkDns.mockResolvedValue(fail({ kind: 'offline', message: 'x' }));
    await asked.ask();
    expect([asked.check?.outcome, asked.error?.kind, asked.isAsking]).toEqual([
      'not-found',
      'offline',
      false,
    ]);
    checkDns.mockResolvedValue(answer('points'));
    await asked.ask();
    expect([asked.check?.outcome, asked.error]).toEqual(['points', null]);
  });

  it('is asked again after 15 s, then less often, until it points to the WAF', async () => {
    const asked = question();
    asked.follow();
    await settle();
    expect(checkDns).toHaveBeenCalledTimes(1);
    await settle(14_999);
    expect(checkDns).toHaveBeenCalledTimes(1);
    await settle(1);
    expect(checkDns).toHaveBeenCalledTimes(2);
    await settle(15_000);
    expect(checkDns).toHaveBeenCalledTimes(2);
    await settle(7_500);
    expect(checkDns).toHaveBeenCalledTimes(3);
    checkDns.mockResolvedValue(answer('points'));
    await settle(120_000);
    const { length } = checkDns.mock.calls;
    await settle(3_600_000);
    expect(checkDns).toHaveBeenCalledTimes(length);
  });

  it('is every two minutes in the end', async () => {
    question().follow();
    await settle(3_600_000);
    checkDns.mockClear();
    await settle(1_200_000);
    expect(checkDns).toHaveBeenCalledTimes(10);
  });

  it('is not asked again while nobody sees it, nor after its view is gone', async () => {
    const stop = question().follow();
    await settle();
    isVisible = false;
    await settle(60_000);
    expect(checkDns).toHaveBeenCalledTimes(1);
    isVisible = true;
    await settle(120_000);
    expect(checkDns.mock.calls.length).toBeGreaterThan(1);
    checkDns.mockClear();
    stop();
    await settle(3_600_000);
    expect(checkDns).not.toHaveBeenCalled();
  });
});
