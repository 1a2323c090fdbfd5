import * as z from 'zod/mini';
import type { JsonStore } from '../storage/index.ts';
import type { WindowPlace } from './window-bounds.ts';

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
const placeSchema = z.object({ bounds: rectangle, maximized: z.boolean() });

/** Reads the place that was saved last; null where there is none or it cannot be read. */
export function readPlace(store: JsonStore): WindowPlace | null {
  const parsed = z.safeParse(placeSchema, store.get('window'));
  return parsed.success ? parsed.data : null;
}

/** Saves the window's place. */
export function savePlace(store: JsonStore, place: WindowPlace): void {
  store.set('window', place);
}
