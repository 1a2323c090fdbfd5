export { createAlerts, type Alerts } from './alert-store.ts';
export { watchAlerts, type AlertWatch } from './watch-alerts.ts';
