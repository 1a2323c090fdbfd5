import type { PictureJob } from '../../preload/contract/first-picture.ts';
import type { ForkProcess } from '../utility-process/index.ts';

/** Drawing takes a tenth of a second, most of it to load the page's code; what takes this long hangs. */
const timeoutMs = 20_000;

/** Draws a picture as HTML; null where that failed, which costs a slower start and nothing else. Never rejects. */
export type DrawPicture = (job: PictureJob) => Promise<string | null>;

/** Has each picture drawn in a process of its own, which ends with it: the page's code stays out of main. */
export function createPictureProcess(fork: ForkProcess, modulePath: string): DrawPicture {
  return (job) =>
    new Promise((resolve) => {
      const child = fork(modulePath, 'first-picture');
      const end = (html: string | null): void => {
        clearTimeout(timer);
        child.kill();
        resolve(html);
      };
      const timer = setTimeout(() => end(null), timeoutMs);
      child.once('exit', () => end(null));
      child.once('message', (html: unknown) => end(typeof html === 'string' ? html : null));
      child.postMessage(job);
    });
}
