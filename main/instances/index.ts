export { powerInstance } from './power.ts';
