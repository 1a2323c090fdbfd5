import type { WritingCalls } from './atomic-write.ts';
import { FileWriter } from './file-writer.ts';
import { sealPage } from './picture-seal.ts';

/** A page of this run that the next start shows until its scripts have run. `drawnFor`: what has to be the same for that. */
export interface PictureFile {
  /** Keeps a page. A disk that refuses costs a slower start, nothing else. */
  keep(drawnFor: string, page: string): void;
  forget(): void;
  /** Ends once what is to be written has been, as far as that is possible. */
  settled(): Promise<void>;
}

/** Opens the file of the picture, which need not be there. */
export function openPictureFile(path: string, calls?: WritingCalls): PictureFile {
  let pending: string | null = null;
  const writer = new FileWriter(path, () => pending, calls);
  const put = (text: string | null): void => {
    pending = text;
    void writer.write();
  };
  return {
    keep: (drawnFor, page) => put(sealPage(drawnFor, page)),
    forget: () => put(null),
    settled: () => writer.settled(),
  };
}
