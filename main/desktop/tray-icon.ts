import { nativeImage, nativeTheme, type NativeImage } from 'electron';
import type { StateKind } from '../../preload/contract/instance.ts';
import { drawStateIcon, type Rgb } from './icon-drawing.ts';

/** What the tray shows: the worst state, or that nothing is known now. */
export type TrayIconState = StateKind;

/** The tokens' colours for each state on a dark and on a light panel; see `renderer/styles/tokens.css`. */
const colors: Readonly<Record<'light' | 'dark', Readonly<Record<TrayIconState, Rgb>>>> = {
  light: {
    running: [0x14, 0x79, 0x4a],
    stopped: [0x5a, 0x63, 0x72],
    transition: [0x1f, 0x5f, 0xd6],
    suspended: [0x8f, 0x56, 0x00],
    failed: [0xb3, 0x26, 0x1e],
    deletion: [0x8f, 0x56, 0x00],
    unknown: [0x5a, 0x63, 0x72],
  },
  dark: {
    running: [0x5f, 0xce, 0x93],
    stopped: [0xa2, 0xab, 0xba],
    transition: [0x79, 0xa6, 0xff],
    suspended: [0xf0, 0xb4, 0x5a],
    failed: [0xff, 0x8a, 0x80],
    deletion: [0xf0, 0xb4, 0x5a],
    unknown: [0xa2, 0xab, 0xba],
  },
};

/** Sizes of the image in points, by platform: the panel scales what it gets. */
const sizePoints = process.platform === 'darwin' ? 18 : process.platform === 'win32' ? 16 : 22;

/** The tray's image for a state, sharp at 1× and 2×; on macOS a template, which the system colours. */
export function trayImage(icon: TrayIconState): NativeImage {
  const isTemplate = process.platform === 'darwin';
  // Most Linux panels are dark whatever the theme of windows is; elsewhere the system tells.
  const panel = process.platform === 'linux' || nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
  const color: Rgb = isTemplate ? [0, 0, 0] : colors[panel][icon];
  const image = nativeImage.createEmpty();
  for (const scaleFactor of [1, 2]) {
    const sizePx = sizePoints * scaleFactor;
    image.addRepresentation({
      scaleFactor,
      width: sizePx,
      height: sizePx,
      buffer: Buffer.from(drawStateIcon(icon, sizePx, color)),
    });
  }
  image.setTemplateImage(isTemplate);
  return image;
}
