export { createConnectionChecks, type ConnectionChecks } from './checks.ts';
