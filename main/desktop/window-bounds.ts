export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was, and whether it filled the screen. */
export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

/** Where a window opens; without x and y in the middle of the screen. */
export interface OpeningPlace {
  readonly bounds: Rectangle | Omit<Rectangle, 'x' | 'y'>;
  readonly maximized: boolean;
}

/** The smallest size in which every page can be used. */
export const minimumSize = { width: 720, height: 480 } as const;
export const defaultSize = { width: 1280, height: 800 } as const;

/** As much of the title bar has to be on a screen that the user can take hold of it. */
const grip = { width: 120, height: 30 } as const;

const overlap = (startA: number, lengthA: number, startB: number, lengthB: number): number =>
  Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);

/**
 * Wayland, which Electron uses by itself since version 38, tells no window where it is: Electron then says 0, 0, and a
 * window that asks for that is put there by some desktops.
 */
const isPositionTold = ({ x, y }: Rectangle, platform: NodeJS.Platform): boolean =>
  platform !== 'linux' || x !== 0 || y !== 0;

/**
 * The saved place, if its title bar still lies on one of the screens (work areas in the same coordinates);
 * null where a screen has gone, so that the window opens in the middle of the main one. Of a place whose position was
 * never told, the size.
 */
export function placeOnScreens(
  saved: WindowPlace | null,
  workAreas: readonly Rectangle[],
  platform: NodeJS.Platform = process.platform,
): OpeningPlace | null {
  if (saved === null) return null;
  const { x, y, width, height } = saved.bounds;
  const isTold = isPositionTold(saved.bounds, platform);
  const visible = workAreas.some(
    (area) =>
      overlap(isTold ? x : area.x, width, area.x, area.width) >= grip.width &&
      overlap(isTold ? y : area.y, grip.height, area.y, area.height) >= grip.height &&
      width <= area.width + area.width / 2 &&
      height <= area.height + area.height / 2,
  );
  if (!visible) return null;
  const size = { width: Math.max(width, minimumSize.width), height: Math.max(height, minimumSize.height) };
  return { maximized: saved.maximized, bounds: isTold ? { x, y, ...size } : size };
}
