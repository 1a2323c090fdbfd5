export { readAccountList } from './account-list.ts';
export { Accounts, type AccountsDeps, type OwnToken } from './accounts.ts';
export { demoId } from './demo-id.ts';
export { secretName } from './secret-name.ts';
