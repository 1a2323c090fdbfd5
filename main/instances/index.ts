export { powerInstance, type PowerDependencies } from './power.ts';
export { acceptsConnections } from './tcp-probe.ts';
