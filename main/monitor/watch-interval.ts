import type { MetricPeriod } from '../../preload/contract/instance.ts';
import type { WatchKey } from '../../preload/contract/watch.ts';
import type { Interval } from './schedule.ts';

/** A view that is hidden is nobody's: four times less often. */
const seconds = (inView: number): Interval => ({ inViewMs: inView * 1_000, hiddenMs: inView * 4_000 });

const metricSeconds: Readonly<Record<MetricPeriod, number>> = {
  '5m': 10,
  '30m': 20,
  '1h': 30,
  '6h': 60,
  '12h': 60,
  '24h': 60,
};

/** How often a watched resource is asked for; null: at the start and when something happened to it. */
export function watchInterval(key: WatchKey, isAgentWorking: boolean): Interval | null {
  switch (key.kind) {
    case 'instance':
      return seconds(10);
    case 'ledger':
      // All pages are several requests.
      return seconds(key.limit === 'all' ? 300 : 60);
    case 'metrics':
      return seconds(metricSeconds[key.period]);
    case 'agent':
    case 'conversation':
      return seconds(isAgentWorking ? 2 : 30);
    case 'agent-credits':
    case 'plans':
    case 'billing-cycles':
    case 'os-templates':
    case 'reinstall-options':
    case 'instance-plan':
      return null;
    case 'cpu-trend':
    case 'telegram':
    case 'shield-ips':
    case 'shield-ip':
    case 'waf-apps':
    case 'waf-app':
    case 'ssh-keys':
    case 'api-tokens':
      return seconds(60);
    case 'shield-traffic':
      // Of the rankings, it asks for each third one.
      return seconds(10);
  }
}
