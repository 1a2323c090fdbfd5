import { describe, expect, it } from 'vitest';
import { watchInterval } from '../../../main/monitor/watch-interval.ts';
import type { WatchKey } from '../../../preload/contract/watch.ts';

describe('how often a view is asked for', () => {
  // Only what the interval depends on.
  const interval = (key: Record<string, unknown>, isAgentWorking = false) =>
    watchInterval(key as unknown as WatchKey, isAgentWorking);

  it.each([
    [{ kind: 'instance' }, 10_000, 40_000],
    [{ kind: 'ledger', limit: 50 }, 60_000, 240_000],
    [{ kind: 'ledger', limit: 'all' }, 300_000, 1_200_000],
    [{ kind: 'metrics', period: '5m' }, 10_000, 40_000],
    [{ kind: 'metrics', period: '30m' }, 20_000, 80_000],
    [{ kind: 'metrics', period: '1h' }, 30_000, 120_000],
    [{ kind: 'metrics', period: '6h' }, 60_000, 240_000],
    [{ kind: 'metrics', period: '12h' }, 60_000, 240_000],
    [{ kind: 'metrics', period: '24h' }, 60_000, 240_000],
    [{ kind: 'cpu-trend' }, 60_000, 240_000],
    [{ kind: 'shield-ips' }, 60_000, 240_000],
    [{ kind: 'shield-ip' }, 60_000, 240_000],
    [{ kind: 'waf-apps' }, 60_000, 240_000],
    [{ kind: 'waf-app' }, 60_000, 240_000],
    [{ kind: 'telegram' }, 60_000, 240_000],
    [{ kind: 'ssh-keys' }, 60_000, 240_000],
    [{ kind: 'api-tokens' }, 60_000, 240_000],
    [{ kind: 'shield-traffic' }, 10_000, 40_000],
    [{ kind: 'agent' }, 30_000, 120_000],
    [{ kind: 'conversation' }, 30_000, 120_000],
  ])('%j: %s ms, hidden %s ms', (key, inViewMs, hiddenMs) => {
    expect(interval(key)).toEqual({ inViewMs, hiddenMs });
  });

  it('is every two seconds while the agent works, for what it works on', () => {
    expect(interval({ kind: 'agent' }, true)).toEqual({ inViewMs: 2_000, hiddenMs: 8_000 });
    expect(interval({ kind: 'conversation' }, true)).toEqual({ inViewMs: 2_000, hiddenMs: 8_000 });
    expect(interval({ kind: 'instance' }, true)).toEqual({ inViewMs: 10_000, hiddenMs: 40_000 });
  });

  it.each(['agent-credits', 'plans', 'billing-cycles', 'os-templates', 'reinstall-options', 'instance-plan'])(
    'is once for %s',
    (kind) => {
      expect(interval({ kind })).toBeNull();
    },
  );
});
