export { createDockLayouts, type DockLayouts } from './dock-layouts.ts';
