export { simulated } from './review.ts';
export { ShieldChanges } from './shield-changes.ts';
