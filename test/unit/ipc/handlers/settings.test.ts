import { expect, it } from 'vitest';
import { createSettingsHandlers } from '../../../../main/ipc/handlers/settings.ts';
import { createSettings } from '../../../../main/settings/index.ts';
import { FakeStore } from '../../accounts/fakes.ts';

it('gives the preferences, and keeps a change of them', async () => {
  const store = new FakeStore();
  const handlers = createSettingsHandlers(createSettings(store));
  expect(await handlers.get(undefined)).toMatchObject({
    ok: true,
    value: { theme: 'system', closeToTray: true },
  });
  expect(await handlers.update({ theme: 'dark' })).toMatchObject({
    ok: true,
    value: { theme: 'dark', closeToTray: true },
  });
  expect(await handlers.get(undefined)).toMatchObject({ ok: true, value: { theme: 'dark' } });
  expect(store.get('preferences')).toMatchObject({ theme: 'dark' });
});
