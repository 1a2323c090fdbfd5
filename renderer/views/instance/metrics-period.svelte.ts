import type { MetricPeriod } from '../../../preload/contract/instance.ts';

/** The period that all metrics are shown for: it stays from one instance's page to the next. */
class MetricsPeriod {
  #current = $state<MetricPeriod>('1h');

  get current(): MetricPeriod {
    return this.#current;
  }

  choose(period: MetricPeriod): void {
    this.#current = period;
  }
}

/** The period that all instances’ pages show. */
export const metricsPeriod = new MetricsPeriod();
