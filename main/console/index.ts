export { createAppConsoles, type AppConsoles } from './app-consoles.ts';
