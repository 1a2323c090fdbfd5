import { createHash } from 'node:crypto';
import type { FirstAnswers, ListSize } from '../../preload/contract/first-picture.ts';
import type { Locales } from '../../preload/contract/locales.ts';
import type { WallClock } from '../clock/index.ts';
import type { PictureFile } from '../storage/index.ts';
import { drawnFor } from './drawn-for.ts';
import { pageWithPicture } from './page.ts';
import type { DrawPicture } from './picture-process.ts';

/** A list that is in view is drawn once it has had the same size for so long: the start is over by then. */
const settleMs = 5_000;
/** An app that quits waits no longer for a picture: the one before stays, and is put right at the next start. */
const quitMs = 1_500;

/** What keeping the picture takes. */
export interface PictureKeeperParts {
  readonly clock: Pick<WallClock, 'setTimeout'>;
  /** What the next start will know before it has asked anything. */
  readonly answers: () => FirstAnswers;
  /** The built page. */
  readonly page: () => string;
  /** What a picture is drawn for besides the page; null where none may be kept. */
  readonly conditions: () => string | null;
  readonly draw: DrawPicture;
  readonly file: Pick<PictureFile, 'keep' | 'forget' | 'settled'>;
  readonly locales: Locales;
  readonly platform: NodeJS.Platform;
  readonly report: (cause: unknown) => void;
}

/** Keeps the picture that the next start shows until its scripts have run: drawn when nobody waits for anything. */
export class PictureKeeper {
  readonly #parts: PictureKeeperParts;
  #listSize: ListSize | null = null;
  /** A hash of what the last picture shows, or the one that is being drawn. */
  #shown: string | null = null;
  #drawing: Promise<void> | null = null;
  /** Rises when what is being drawn is no longer wanted. */
  #generation = 0;
  #cancelTimer = (): void => undefined;
  #isFinished = false;

  constructor(parts: PictureKeeperParts) {
    this.#parts = parts;
  }

  /** The page tells how large its list is: it is drawn in a while, so that not even a crash leaves the next start without. */
  measured(size: ListSize): void {
    this.#listSize = size;
    this.#drawLater();
  }

  /**
   * Removes the picture, and what is being drawn: somebody signed out, or the app can be locked now. One of what is left is
   * drawn in a while.
   */
  forget(): void {
    this.#generation += 1;
    this.#shown = null;
    this.#parts.file.forget();
    this.#drawLater();
  }

  /** Draws what the next start will know, unless that is what the picture shows. Null where there is nothing to wait for. */
  draw(): Promise<void> | null {
    const { answers: ask, conditions, report } = this.#parts;
    const listSize = this.#listSize;
    // The window did not show the list in this run: the picture of the last one is as good as before.
    if (listSize === null || this.#isFinished) return null;
    const answers = ask();
    const wanted = conditions();
    const shown = hashOf([withoutTimes(answers), listSize, wanted]);
    if (shown === this.#shown) return this.#drawing;
    this.#shown = shown;
    const drawing: Promise<void> = this.#drawNow(answers, listSize, wanted)
      .catch(report)
      .finally(() => {
        if (this.#drawing === drawing) this.#drawing = null;
      });
    this.#drawing = drawing;
    return drawing;
  }

  /** The same for the last time, as the app quits: it waits for a moment. */
  finish(): Promise<void> | null {
    this.#cancelTimer();
    const drawing = this.draw();
    this.#isFinished = true;
    if (drawing === null) return null;
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.setTimeout(resolve, quitMs);
      void drawing.then(() => {
        cancel();
        resolve();
      });
    });
  }

  #drawLater(): void {
    this.#cancelTimer();
    if (this.#isFinished) return;
    this.#cancelTimer = this.#parts.clock.setTimeout(() => void this.draw(), settleMs);
  }

  async #drawNow(answers: FirstAnswers, listSize: ListSize, wanted: string | null): Promise<void> {
    const { page: readPage, conditions, draw, file, locales, platform } = this.#parts;
    this.#generation += 1;
    const generation = this.#generation;
    const { currentId: accountId } = answers.accounts;
    if (wanted === null || accountId === null || answers.snapshot.kind === 'none') {
      file.forget();
      return;
    }
    const html = await draw({ answers, listSize, locales });
    // Meanwhile it may have been forgotten, or another one is wanted.
    if (html === null || generation !== this.#generation || conditions() !== wanted) return;
    const page = readPage();
    file.keep(drawnFor(wanted, page), pageWithPicture(page, { html, accountId, listSize, platform }));
    await file.settled();
  }
}

/** A long list is a megabyte, which is not kept to be compared. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}

/** When the data was checked changes with each poll, and what it shows of that is put right as the scripts run. */
function withoutTimes(answers: FirstAnswers): FirstAnswers {
  const { snapshot } = answers;
  if (snapshot.kind !== 'full') return answers;
  const never = { checkedAtMs: null, error: null };
  return {
    ...answers,
    snapshot: {
      kind: 'full',
      snapshot: { ...snapshot.snapshot, instancesFreshness: never, walletFreshness: never },
    },
  };
}
