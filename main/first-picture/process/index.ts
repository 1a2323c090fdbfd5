import type { PictureJob } from '../../../preload/contract/first-picture.ts';
import { drawPicture } from '../../../renderer/first-picture/draw.ts';
import { endOnUnexpectedErrors } from '../../unexpected-errors/index.ts';

/*
 * The process that draws the first picture: the only part of main that is made with the page's own code, which is compiled
 * for a server here.
 */

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  once(event: 'message', listener: (event: { readonly data: PictureJob }) => void): void;
}

// Electron's own type says that it is always there; run by plain Node it is not.
const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (parentPort === undefined) throw new Error('This is the entry of a utility process');

endOnUnexpectedErrors();

parentPort.once('message', ({ data }) => {
  // A picture that cannot be drawn ends the process, which main takes for the answer.
  void drawPicture(data).then((html) => parentPort.postMessage(html));
});
