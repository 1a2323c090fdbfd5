import { AlertWatcher, type AlertWatcherOptions } from './alert-watcher.ts';
import { TrafficWatcher } from './traffic-watcher.ts';

/** Watches what the rules of an account are about. */
export interface AlertWatch {
  start(): void;
  stop(): void;
  /** The rules became others: they are looked at now. */
  rulesChanged(): void;
}

/** Watches the metrics of an account's instances and the traffic of its protected addresses. */
export function watchAlerts(options: AlertWatcherOptions): AlertWatch {
  const watchers = [new AlertWatcher(options), new TrafficWatcher(options)];
  return {
    start: () => {
      for (const watcher of watchers) watcher.start();
    },
    stop: () => {
      for (const watcher of watchers) watcher.stop();
    },
    rulesChanged: () => {
      for (const watcher of watchers) watcher.rulesChanged();
    },
  };
}
