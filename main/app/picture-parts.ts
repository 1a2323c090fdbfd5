import { join } from 'node:path';
import { currentLocales } from '../../preload/contract/locales.ts';
import { systemClock } from '../clock/index.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import { createPictureProcess, PictureKeeper } from '../first-picture/index.ts';
import type { ForkProcess } from '../utility-process/index.ts';
import { firstAnswers } from './early-answers.ts';
import { pictureConditions, readPage } from './first-picture.ts';
import type { Stores } from './stores.ts';

/** What the first picture is joined with. */
export interface PicturePartsOptions extends Pick<Stores, 'storage' | 'settings'> {
  /** The folder of the built main process. */
  readonly out: string;
  readonly fork: ForkProcess;
  readonly window: Pick<MainWindow, 'place'>;
  /** Has the snapshots as they are now kept for the next start. */
  readonly keepSnapshots: () => void;
  readonly report: (cause: unknown) => void;
}

/** What keeps the picture for the next start. */
export function createPictureParts(options: PicturePartsOptions): PictureKeeper {
  const { out, fork, window, keepSnapshots, report, ...stores } = options;
  const { storage } = stores;
  const locales = currentLocales();
  return new PictureKeeper({
    clock: systemClock,
    answers: () => {
      keepSnapshots();
      return firstAnswers(stores);
    },
    page: () => readPage(join(out, '../renderer')),
    conditions: () => {
      const place = window.place();
      // Where the window will be at the next start: where it is, or was as it was closed.
      const size = place === null ? undefined : { ...place.bounds, maximized: place.maximized };
      return pictureConditions(storage, locales, size);
    },
    draw: createPictureProcess(fork, join(out, 'first-picture.js')),
    file: storage.picture,
    locales,
    platform: process.platform,
    report,
  });
}
