import { ok } from '../../../preload/contract/result.ts';
import type { SettingsStore } from '../../settings/index.ts';
import type { Domain } from './shared.ts';

/** Answers the calls of the domain `settings`. */
export function createSettingsHandlers(settings: Pick<SettingsStore, 'get' | 'update'>): Domain<'settings'> {
  return {
    get: () => ok(settings.get()),
    update: (patch) => ok(settings.update(patch)),
  };
}
