import { describe, expect, it, vi } from 'vitest';
import type { UpdateProblem, UpdateState } from '../../../preload/contract/updates.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { Installer } from '../../../main/updates/index.ts';
import { readPublicKey, scheduleUpdates, Updates, type UpdatesOptions } from '../../../main/updates/index.ts';
import { commentOf, createReleaseKey, describeFile, feedText } from '../../support/update-feed.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';

const key = createReleaseKey();
const keys = [key].flatMap(({ publicKey }) => readPublicKey(publicKey) ?? []);
const file = describeFile('Evorxa-1.3.0-linux-x86_64.AppImage', Buffer.from('an image'));
const hourMs = 60 * 60 * 1_000;

type Downloaded = Result<undefined, UpdateProblem | 'canceled'>;

/** An app of version 1.2.0 beside a server that answers as it is told, and an installer that ends when it is. */
function rig(more: Partial<UpdatesOptions> = {}) {
  const time = new FakeTime();
  const kept = new Map<string, unknown>();
  const states: UpdateState[] = [];
  const served = new Map<string, () => Promise<Response>>();
  const asked: string[] = [];
  const downloads: {
    readonly end: (result: Downloaded) => void;
    readonly progress: (bytes: number) => void;
    readonly signal: AbortSignal;
  }[] = [];
  const install = vi.fn();
  const installer: Installer = {
    download: (_update, progress, signal) => new Promise((end) => downloads.push({ end, progress, signal })),
    install,
  };
  const loadInstaller = vi.fn(() => Promise.resolve(installer));
  const options: UpdatesOptions = {
    feed: { url: 'https://updates.example/evorxa/', keys },
    currentVersion: '1.2.0',
    platform: 'linux',
    arch: 'x64',
    extension: 'AppImage',
    fetch: (url) => {
      asked.push(url);
      return served.get(new URL(url).pathname)?.() ?? Promise.resolve(new Response('', { status: 404 }));
    },
    clock: time,
    store: { get: (name) => kept.get(name), set: (name, value) => void kept.set(name, value) },
    loadInstaller,
    onChange: (state) => states.push(state),
    log: { info: () => undefined, warn: () => undefined },
    ...more,
  };
  const publish = (version: string, atMs = time.now()): void => {
    const text = feedText(version, [file]);
    const signature = key.sign(Buffer.from(text), commentOf(version, atMs));
    served.set('/evorxa/latest-linux.yml', () => Promise.resolve(new Response(text)));
    served.set('/evorxa/latest-linux.yml.minisig', () => Promise.resolve(new Response(signature)));
  };
  return {
    time,
    kept,
    states,
    served,
    asked,
    downloads,
    install,
    loadInstaller,
    publish,
    options,
    updates: new Updates(options),
  };
}

const loud = { isQuiet: false };

it('says so where the build has no feed, and asks nobody', async () => {
  const { updates, asked } = rig({ feed: null });
  expect(updates.state()).toEqual({ kind: 'off', reason: 'not-configured' });
  expect(await updates.check(loud)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  expect(await updates.download()).toMatchObject({ ok: false, error: { kind: 'refused' } });
  expect(asked).toEqual([]);
});

it('offers a newer version, and downloads nothing by itself', async () => {
  const { updates, publish, states, asked, loadInstaller } = rig();
  publish('1.3.0');
  await updates.check(loud);
  expect(states).toEqual([
    { kind: 'checking' },
    {
      kind: 'offered',
      offer: { version: '1.3.0', sizeBytes: file.size, way: 'install' },
      isDismissed: false,
    },
  ]);
  expect(asked).toEqual([
    'https://updates.example/evorxa/latest-linux.yml',
    'https://updates.example/evorxa/latest-linux.yml.minisig',
  ]);
  expect(loadInstaller).not.toHaveBeenCalled();
});

it('leads to the download page where it cannot install by itself', async () => {
  const { updates, publish } = rig({ extension: null });
  publish('1.3.0');
  await updates.check(loud);
  expect(updates.state()).toEqual({
    kind: 'offered',
    offer: { version: '1.3.0', sizeBytes: null, way: 'download-page' },
    isDismissed: false,
  });
  expect(await updates.download()).toMatchObject({ ok: false, error: { kind: 'refused' } });
});

it('is told of one version once, where the user has seen it', async () => {
  const { updates, publish, options } = rig();
  publish('1.3.0');
  updates.dismiss();
  await updates.check(loud);
  expect(updates.state()).toMatchObject({ isDismissed: false });
  updates.dismiss();
  expect(updates.state()).toMatchObject({ kind: 'offered', isDismissed: true });
  const later = new Updates(options);
  await later.check(loud);
  expect(later.state()).toMatchObject({ isDismissed: true });
  publish('1.4.0');
  await later.check(loud);
  expect(later.state()).toMatchObject({ isDismissed: false });
});

it('says when it was the newest, also in the next run', async () => {
  const { updates, publish, options, time } = rig();
  publish('1.2.0');
  expect(updates.state()).toEqual({ kind: 'idle', checkedAtMs: null });
  await updates.check(loud);
  expect(updates.state()).toEqual({ kind: 'idle', checkedAtMs: time.now() });
  expect(new Updates(options).state()).toEqual({ kind: 'idle', checkedAtMs: time.now() });
});

it('takes no version below one that was offered, in a later run neither', async () => {
  const { updates, publish, options, time } = rig();
  publish('1.4.0');
  await updates.check(loud);
  publish('1.3.0');
  const later = new Updates(options);
  await later.check(loud);
  expect(later.state()).toEqual({
    kind: 'check-failed',
    problem: { kind: 'older', version: '1.3.0', than: '1.4.0' },
    atMs: time.now(),
  });
});

it('reads nothing into what is kept in another form', async () => {
  const { updates, publish, kept } = rig();
  kept.set('updates', { highestVersion: 'not a version', checkedAtMs: 1, askedAtMs: 1 });
  publish('1.3.0');
  await updates.check(loud);
  expect(updates.state()).toMatchObject({ kind: 'offered' });
});

describe('what the server does', () => {
  const answer =
    (status: number, text = '') =>
    (): Promise<Response> =>
      Promise.resolve(new Response(text, { status }));
  const fails = (code: string) => (): Promise<Response> =>
    Promise.reject(Object.assign(new Error(`net::${code}`), { code }));

  it.each<[string, string, () => Promise<Response>, UpdateProblem]>([
    ['has no feed', 'latest-linux.yml', answer(404), { kind: 'feed-missing' }],
    ['has no signature', 'latest-linux.yml.minisig', answer(404), { kind: 'unsigned' }],
    ['is out of order', 'latest-linux.yml', answer(503), { kind: 'server', status: 503 }],
    [
      'points elsewhere',
      'latest-linux.yml',
      () => Promise.resolve(new Response('', { status: 302, headers: { location: 'https://x.example/' } })),
      { kind: 'redirected' },
    ],
    ['sends without end', 'latest-linux.yml', answer(200, 'x'.repeat(70_000)), { kind: 'unreadable' }],
    ['is not there', 'latest-linux.yml', fails('ERR_CONNECTION_REFUSED'), { kind: 'no-network' }],
    ['has a wrong certificate', 'latest-linux.yml', fails('ERR_CERT_AUTHORITY_INVALID'), { kind: 'tls' }],
  ])('is said where it %s', async (_what, path, serve, problem) => {
    const { updates, publish, served, time } = rig();
    publish('1.3.0');
    served.set(`/evorxa/${path}`, serve);
    await updates.check(loud);
    expect(updates.state()).toEqual({ kind: 'check-failed', problem, atMs: time.now() });
  });

  it('is not asked where its address is not encrypted', async () => {
    const { updates, asked } = rig({ feed: { url: 'http://updates.example/evorxa/', keys } });
    await updates.check(loud);
    expect(updates.state()).toMatchObject({ kind: 'check-failed', problem: { kind: 'not-https' } });
    expect(asked).toEqual([]);
  });

  it('does not take away what was offered, where nobody asked', async () => {
    const { updates, publish, served } = rig();
    publish('1.3.0');
    await updates.check(loud);
    served.clear();
    await updates.check({ isQuiet: true });
    expect(updates.state()).toMatchObject({ kind: 'offered' });
    await updates.check(loud);
    expect(updates.state()).toMatchObject({ kind: 'check-failed' });
  });
});

describe('a download', () => {
  async function offered() {
    const made = rig();
    made.publish('1.3.0');
    await made.updates.check(loud);
    const downloading = made.updates.download();
    await settle();
    return { ...made, downloading };
  }
  const offer = { version: '1.3.0', sizeBytes: file.size, way: 'install' };

  it('shows how far it is, and is installed when the app ends', async () => {
    const { updates, downloads, downloading, install } = await offered();
    downloads[0]?.progress(3);
    expect(updates.state()).toEqual({ kind: 'downloading', offer, receivedBytes: 3, totalBytes: file.size });
    updates.install();
    expect(install).not.toHaveBeenCalled();
    downloads[0]?.end({ ok: true, value: undefined });
    await downloading;
    expect(updates.state()).toEqual({ kind: 'ready', version: '1.3.0' });
    updates.install();
    expect(install).toHaveBeenCalledTimes(1);
  });

  it('is given up where another version is installed meanwhile, which stays said until that runs', async () => {
    const { updates, downloads, downloading, install } = await offered();
    updates.installedMeanwhile();
    downloads[0]?.end({ ok: true, value: undefined });
    await downloading;
    await updates.check(loud);
    expect(updates.state()).toEqual({ kind: 'installed', isDismissed: false });
    updates.dismiss();
    await updates.check(loud);
    expect(updates.state()).toEqual({ kind: 'installed', isDismissed: true });
    updates.install();
    expect(install).not.toHaveBeenCalled();
  });

  it('is under way once, and no check disturbs it', async () => {
    const { updates, downloads, asked } = await offered();
    await updates.download();
    await updates.check(loud);
    expect(downloads).toHaveLength(1);
    expect(asked).toHaveLength(2);
    expect(updates.state()).toMatchObject({ kind: 'downloading' });
  });

  it('can be given up, and begun again', async () => {
    const { updates, downloads, downloading, loadInstaller } = await offered();
    updates.cancel();
    expect(downloads[0]?.signal.aborted).toBe(true);
    downloads[0]?.end({ ok: false, error: 'canceled' });
    await downloading;
    expect(updates.state()).toEqual({ kind: 'offered', offer, isDismissed: false });
    void updates.download();
    await settle();
    expect(downloads).toHaveLength(2);
    expect(downloads[1]?.signal.aborted).toBe(false);
    expect(loadInstaller).toHaveBeenCalledTimes(1);
  });

  it('that was refused is said, installs nothing, and can be tried again', async () => {
    const { updates, downloads, downloading, install } = await offered();
    const problem: UpdateProblem = { kind: 'tampered', what: 'file' };
    downloads[0]?.end({ ok: false, error: problem });
    await downloading;
    expect(updates.state()).toEqual({ kind: 'download-failed', offer, problem });
    updates.install();
    expect(install).not.toHaveBeenCalled();
    void updates.download();
    await settle();
    expect(updates.state()).toMatchObject({ kind: 'downloading' });
  });

  it('is said to have failed where what downloads cannot be loaded', async () => {
    const { updates, publish } = rig({ loadInstaller: () => Promise.reject(new Error('no such file')) });
    publish('1.3.0');
    await updates.check(loud);
    await updates.download();
    expect(updates.state()).toEqual({ kind: 'download-failed', offer, problem: { kind: 'failed' } });
  });
});

describe('the schedule', () => {
  function scheduled(isWanted = true) {
    const made = rig();
    const wish = { isWanted };
    const start = () =>
      scheduleUpdates({
        clock: made.time,
        random: () => 0.5,
        updates: made.updates,
        isWanted: () => wish.isWanted,
        report: (cause) => {
          throw cause;
        },
      });
    made.publish('1.2.0');
    return { ...made, wish, start };
  }

  it('asks some minutes after the start, and then each day', async () => {
    const { time, asked, start } = scheduled();
    start();
    await time.pass(2 * 60_000);
    expect(asked).toHaveLength(0);
    await time.pass(2 * 60_000);
    expect(asked).toHaveLength(2);
    await time.pass(24 * hourMs);
    expect(asked).toHaveLength(2);
    await time.pass(hourMs);
    expect(asked).toHaveLength(4);
  });

  it('asks again a day after the last run did', async () => {
    const { time, asked, updates, start } = scheduled();
    await updates.check(loud);
    await time.pass(20 * hourMs);
    start();
    await time.pass(3 * hourMs);
    expect(asked).toHaveLength(2);
    await time.pass(2 * hourMs);
    expect(asked).toHaveLength(4);
  });

  it('asks sooner where the feed could not be had', async () => {
    const { time, asked, served, start } = scheduled();
    served.clear();
    start();
    await time.pass(5 * 60_000);
    expect(asked).toHaveLength(1);
    await time.pass(5 * hourMs);
    expect(asked).toHaveLength(2);
  });

  it('asks nothing where it is not wanted, until it is', async () => {
    const { time, asked, wish, start } = scheduled(false);
    const schedule = start();
    await time.pass(48 * hourMs);
    expect(asked).toEqual([]);
    wish.isWanted = true;
    schedule.changed();
    await time.pass(5 * 60_000);
    expect(asked).toHaveLength(2);
    wish.isWanted = false;
    schedule.changed();
    await time.pass(48 * hourMs);
    expect(asked).toHaveLength(2);
    expect(time.pendingTimers).toBe(0);
  });

  it('is not held up by a clock that was set back', async () => {
    const { time, asked, updates, start } = scheduled();
    await updates.check(loud);
    time.jump(-72 * hourMs);
    start();
    await time.pass(5 * 60_000);
    expect(asked).toHaveLength(4);
  });

  it('asks nothing after it was stopped', async () => {
    const { time, asked, start } = scheduled();
    start().stop();
    await time.pass(48 * hourMs);
    expect(asked).toEqual([]);
  });
});
