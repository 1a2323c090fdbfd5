import { expect, it } from 'vitest';
import { createAboutHandlers, createDiagnosticsHandlers } from '../../../../main/ipc/handlers/about.ts';
import { createUpdateHandlers } from '../../../../main/ipc/handlers/updates.ts';
import { ok } from '../../../../preload/contract/result.ts';

it('says what the build is, its notices, and the report', async () => {
  const parts = {
    about: () => ({ version: '1.2.3' }) as never,
    readLicences: () => Promise.resolve(ok('MIT')),
    diagnose: () => Promise.resolve('# Report'),
  };
  const about = createAboutHandlers(parts);
  expect(await about.app(undefined)).toEqual(ok({ version: '1.2.3' }));
  expect(await about.licences(undefined)).toEqual(ok('MIT'));
  expect(await createDiagnosticsHandlers(parts).report(undefined)).toEqual(ok('# Report'));
});

function updates(opens = true) {
  const asked: unknown[] = [];
  const handlers = createUpdateHandlers({
    updates: {
      state: () => ({ kind: 'checking' }),
      check: (how) => {
        asked.push(['check', how]);
        return Promise.resolve(ok(undefined));
      },
      download: () => {
        asked.push('download');
        return Promise.resolve(ok(undefined));
      },
      dismiss: () => asked.push('dismiss'),
      cancel: () => asked.push('cancel'),
    },
    downloadPage: 'https://evorxa.example/download',
    openExternal: (url) => {
      asked.push(['open', url]);
      return Promise.resolve(opens);
    },
  });
  return { asked, handlers };
}

it('does with updates what the page asks for', async () => {
  const { asked, handlers } = updates();
  expect(await handlers.state(undefined)).toEqual(ok({ kind: 'checking' }));
  await handlers.check(undefined);
  await handlers.download(undefined);
  await handlers.cancel(undefined);
  await handlers.dismiss(undefined);
  expect(await handlers.openDownloadPage(undefined)).toEqual(ok(undefined));
  expect(asked).toEqual([
    ['check', { isQuiet: false }],
    'download',
    'cancel',
    'dismiss',
    ['open', 'https://evorxa.example/download'],
  ]);
});

it('names the page where no browser opened it', async () => {
  const answer = await updates(false).handlers.openDownloadPage(undefined);
  expect(answer).toMatchObject({
    ok: false,
    error: { kind: 'refused', message: expect.stringContaining('https://evorxa.example/download') as string },
  });
});
