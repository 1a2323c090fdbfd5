export { downloadPartition, watchDownloads } from './download-watch.ts';
export { installerFor } from './install-way.ts';
export type { Installer } from './installer.ts';
export { readPublicKey } from './minisign.ts';
export { releaseFeed, type ReleaseFeed } from './release-keys.ts';
export { scheduleUpdates, type UpdateSchedule } from './update-schedule.ts';
export { Updates, type UpdatesOptions } from './updates.ts';
