import { beforeEach, describe, expect, it } from 'vitest';
import { PictureKeeper } from '../../../main/first-picture/index.ts';
import type { FirstAnswers, PictureJob } from '../../../preload/contract/first-picture.ts';
import { sameLocale } from '../../../preload/contract/locales.ts';
import { FakeClock } from '../terminal/fake-clock.ts';
import { instance, jobOf } from './job.ts';

const page = '<html lang="en"><div id="app">plain</div></html>';
const size = { widthPx: 1062, heightPx: 690 };

let answers: FirstAnswers;
let clock: FakeClock;
let conditions: string | null;
let kept: { readonly for: string; readonly page: string } | null;
let jobs: PictureJob[];
let endDrawing: (html: string | null) => void;
let reported: unknown[];
let isHeld: boolean;

beforeEach(() => {
  ({ answers } = jobOf([instance('a')]));
  conditions = 'ada';
  clock = new FakeClock();
  kept = null;
  jobs = [];
  reported = [];
  isHeld = false;
});

const file = {
  find: () => Promise.resolve(null),
  keep: (wanted: string, text: string) => {
    kept = { for: wanted, page: text };
  },
  forget: () => {
    kept = null;
  },
  settled: () => Promise.resolve(),
};

function keeper(): PictureKeeper {
  const made = new PictureKeeper({
    clock,
    answers: () => answers,
    page: () => page,
    conditions: () => conditions,
    draw: (job) => {
      jobs.push(job);
      if (!isHeld) return Promise.resolve('<b>list</b>');
      return new Promise((resolve) => (endDrawing = resolve));
    },
    file,
    locales: sameLocale('de-DE'),
    platform: 'linux',
    report: (cause) => reported.push(cause),
  });
  made.measured(size);
  return made;
}

/** Until the process has been asked. */
async function asked(count: number): Promise<void> {
  while (jobs.length < count) await new Promise((resolve) => setImmediate(resolve));
}

describe('the picture for the next start', () => {
  it('is drawn of what that will know, for the size that the list has, and kept in the page', async () => {
    await keeper().draw();
    expect(jobs).toEqual([{ answers, listSize: size, locales: sameLocale('de-DE') }]);
    expect(kept).toEqual({
      for: JSON.stringify(['ada', page]),
      page: '<html lang="en" data-platform="linux"><div id="app" data-account="ada" data-list-size="1062 690"><b>list</b></div></html>',
    });
    expect(reported).toEqual([]);
  });

  it('is not drawn in a run that did not show the list: the one before stays', () => {
    kept = { for: 'ada', page: 'before' };
    const made = new PictureKeeper({
      clock,
      answers: () => answers,
      page: () => page,
      conditions: () => conditions,
      draw: () => Promise.reject(new Error('Not to be drawn.')),
      file,
      locales: sameLocale('de-DE'),
      platform: 'linux',
      report: (cause) => reported.push(cause),
    });
    expect(made.draw()).toBeNull();
    expect(kept.page).toBe('before');
  });

  it('is drawn once while the list stays the same, however often it is checked', async () => {
    const made = keeper();
    await made.draw();
    const { snapshot } = answers;
    if (snapshot.kind !== 'full') throw new Error('No list.');
    const checked = { checkedAtMs: 1, error: null };
    answers = {
      ...answers,
      snapshot: {
        kind: 'full',
        snapshot: { ...snapshot.snapshot, instancesFreshness: checked, walletFreshness: checked },
      },
    };
    expect(made.draw()).toBeNull();
    answers = jobOf([instance('b')]).answers;
    await made.draw();
    expect(jobs).toHaveLength(2);
  });

  it('is waited for where it is being drawn already', async () => {
    isHeld = true;
    const made = keeper();
    const drawing = made.draw();
    await asked(1);
    expect(made.draw()).toBe(drawing);
    endDrawing('<i>late</i>');
    await drawing;
    expect(kept?.page).toContain('<i>late</i>');
    expect(made.draw()).toBeNull();
  });

  it.each<[string, () => void]>([
    ['may not be kept', () => (conditions = null)],
    [
      'has nobody signed in',
      () => (answers = { ...answers, accounts: { phase: 'loading', accounts: [], currentId: null } }),
    ],
    ['has no list', () => (answers = { ...answers, snapshot: { kind: 'none' } })],
  ])('is removed where it %s', async (_what, change) => {
    kept = { for: 'ada', page: 'before' };
    change();
    await keeper().draw();
    expect(jobs).toEqual([]);
    expect(kept).toBeNull();
  });

  it.each<[string, (made: PictureKeeper) => void]>([
    ['somebody signs out', (made) => made.forget()],
    ['a lock is set', () => (conditions = null)],
    ['the theme changes', () => (conditions = 'ada, dark')],
  ])('is not kept where %s while it is drawn', async (_what, change) => {
    isHeld = true;
    const made = keeper();
    const drawing = made.draw();
    await asked(1);
    change(made);
    endDrawing('<i>late</i>');
    await drawing;
    expect(kept).toBeNull();
  });

  it('is that of the last list, where two are drawn at a time', async () => {
    isHeld = true;
    const made = keeper();
    const first = made.draw();
    await asked(1);
    const endFirst = endDrawing;
    answers = jobOf([instance('b')]).answers;
    const second = made.draw();
    await asked(2);
    endDrawing('<i>second</i>');
    await second;
    endFirst('<i>first</i>');
    await first;
    expect(kept?.page).toContain('<i>second</i>');
  });

  it('is drawn again after it was forgotten, in a while', async () => {
    const made = keeper();
    await made.draw();
    made.forget();
    expect(kept).toBeNull();
    clock.advance(5_000);
    await made.draw();
    expect(kept).not.toBeNull();
  });

  it('is drawn again for a window of another size', async () => {
    const made = keeper();
    await made.draw();
    made.measured({ ...size, widthPx: 800 });
    await made.draw();
    conditions = 'ada, 900';
    await made.draw();
    expect(jobs.map(({ listSize }) => listSize.widthPx)).toEqual([1062, 800, 800]);
  });

  it('is drawn by itself once the list has had its size for a while, so that a crash costs nothing', async () => {
    const made = keeper();
    clock.advance(4_999);
    made.measured({ ...size, widthPx: 800 });
    clock.advance(4_999);
    expect(jobs).toEqual([]);
    clock.advance(1);
    await made.draw();
    expect(jobs).toHaveLength(1);
    expect(kept?.page).toContain('data-list-size="800 690"');
  });

  it('is drawn for the last time as the app quits, which does not wait for ever', async () => {
    isHeld = true;
    const made = keeper();
    const finished = made.finish();
    await asked(1);
    clock.advance(1_499);
    expect(made.finish()).toBeNull();
    let isOver = false;
    const over = finished?.then(() => (isOver = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    clock.advance(1);
    await over;
    expect(kept).toBeNull();
    expect(clock.pending).toBe(0);
  });

  it('is waited for as the app quits, where it comes in time', async () => {
    await keeper().finish();
    expect(kept).not.toBeNull();
    expect(clock.pending).toBe(0);
  });

  it('costs nothing but a slower start where it cannot be drawn, and is not tried again for the same list', async () => {
    isHeld = true;
    const made = keeper();
    const drawing = made.draw();
    await asked(1);
    endDrawing(null);
    await drawing;
    expect(kept).toBeNull();
    expect(made.draw()).toBeNull();
    expect(reported).toEqual([]);
  });
});
