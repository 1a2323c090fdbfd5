import { describe, expect, test } from 'vitest';
import type { WebContents } from 'electron';
import { createFileHandlers } from '../../../../main/ipc/handlers/files.ts';
import { typedPath } from '../../../../preload/contract/remote-files.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import type { InstanceId, SessionId } from '../../../../preload/contract/brands.ts';

const sessionId = 's1' as SessionId;
const folder = typedPath('/srv');

/** The handlers over parts that remember what they were asked. */
function handlers({
  has = true,
  picked = ['/home/ada/a'] as readonly string[],
  page = {} as WebContents | null,
} = {}) {
  const asked: unknown[] = [];
  const calls = createFileHandlers({
    terminals: {
      open: (instanceId, kind) => {
        asked.push(['open', instanceId, kind]);
        return has ? sessionId : null;
      },
      attach: () => has,
      orderFiles: (id, order) => {
        asked.push([id, order]);
        return has;
      },
    },
    edits: {
      open: (id, path) => {
        asked.push(['edit', id, path]);
        return Promise.resolve(has);
      },
      unsent: () => [],
      upload: (id) => {
        asked.push(['upload', id]);
        return has ? ok(sessionId) : fail({ kind: 'refused', message: 'Gone.' });
      },
      showInFolder: (id) => asked.push(['show', id]),
      discard: (id) => {
        asked.push(['discard', id]);
        return Promise.resolve();
      },
    },
    downloads: { pathOf: (_id, transferId) => (transferId === 1 ? import.meta.filename : '/is/gone') },
    showInFolder: (path) => asked.push(['show', path]),
    drag: (path) => {
      asked.push(['drag', path]);
      return Promise.resolve();
    },
    pickUpload: (what) => {
      asked.push(what);
      return Promise.resolve(picked);
    },
    pickDownloadFolder: () => Promise.resolve(picked[0] ?? null),
    contents: () => page,
  });
  return { asked, calls };
}

const done = { ok: true, value: undefined };
const refused = { ok: false, error: { kind: 'refused' } };

describe('the calls about files', () => {
  test('open a session with files; an instance without an address has none', async () => {
    const { asked, calls } = handlers();
    expect(await calls.open({ instanceId: 'web' as InstanceId })).toEqual({ ok: true, value: { sessionId } });
    expect(asked).toEqual([['open', 'web', 'files']]);
    expect(await handlers({ has: false }).calls.open({ instanceId: 'web' as InstanceId })).toMatchObject(
      refused,
    );
  });

  test('hand its port to the page that is there', async () => {
    expect(await handlers().calls.attach({ sessionId })).toEqual(done);
    expect(await handlers({ page: null }).calls.attach({ sessionId })).toMatchObject(refused);
    expect(await handlers({ has: false }).calls.attach({ sessionId })).toMatchObject(refused);
  });

  test('copy what the user chose, and nothing where they chose nothing', async () => {
    const { asked, calls } = handlers();
    expect(await calls.upload({ sessionId, folder, what: 'folder' })).toEqual(done);
    expect(await calls.uploadDropped({ sessionId, folder, localPaths: ['/home/ada/b'] })).toEqual(done);
    expect(await calls.download({ sessionId, paths: [folder] })).toEqual(done);
    expect(asked).toEqual([
      'folder',
      [sessionId, { type: 'upload', localPaths: ['/home/ada/a'], folder }],
      [sessionId, { type: 'upload', localPaths: ['/home/ada/b'], folder }],
      [sessionId, { type: 'download', paths: [folder], localFolder: '/home/ada/a' }],
    ]);
    const nothing = handlers({ picked: [] });
    expect(await nothing.calls.upload({ sessionId, folder, what: 'files' })).toEqual(done);
    expect(await nothing.calls.download({ sessionId, paths: [folder] })).toEqual(done);
    expect(await nothing.calls.uploadDropped({ sessionId, folder, localPaths: [] })).toMatchObject(refused);
    expect(nothing.asked).toEqual(['files']);
  });

  test('show and drag what was downloaded, as long as it is there', async () => {
    const { asked, calls } = handlers();
    expect(await calls.showDownload({ sessionId, transferId: 1 })).toEqual(done);
    expect(await calls.dragDownload({ sessionId, transferId: 1 })).toEqual(done);
    expect(await calls.showDownload({ sessionId, transferId: 2 })).toMatchObject(refused);
    expect(await calls.dragDownload({ sessionId, transferId: 2 })).toMatchObject(refused);
    expect(asked).toEqual([
      ['show', import.meta.filename],
      ['drag', import.meta.filename],
    ]);
  });

  test('send, show and discard what was edited here and not uploaded', async () => {
    const { asked, calls } = handlers();
    expect(await calls.unsent(undefined)).toEqual({ ok: true, value: [] });
    expect(await calls.uploadUnsent({ id: 1 })).toEqual({ ok: true, value: { sessionId } });
    expect(await calls.showUnsent({ id: 2 })).toEqual(done);
    expect(await calls.discardUnsent({ id: 3 })).toEqual(done);
    expect(asked).toEqual([
      ['upload', 1],
      ['show', 2],
      ['discard', 3],
    ]);
    expect(await handlers({ has: false }).calls.uploadUnsent({ id: 1 })).toMatchObject(refused);
  });

  test('say that the session is closed', async () => {
    const { calls } = handlers({ has: false });
    expect(await calls.upload({ sessionId, folder, what: 'files' })).toMatchObject(refused);
    expect(await calls.uploadDropped({ sessionId, folder, localPaths: ['/a'] })).toMatchObject(refused);
    expect(await calls.download({ sessionId, paths: [folder] })).toMatchObject(refused);
    expect(await calls.edit({ sessionId, path: folder })).toMatchObject(refused);
  });
});
