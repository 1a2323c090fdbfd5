export { PictureKeeper } from './picture-keeper.ts';
export { createPictureProcess } from './picture-process.ts';
