export { createKeyAccess, type OneClickAccess } from './access.ts';
