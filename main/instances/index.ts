export { powerInstance, type PowerDependencies } from './power.ts';
