export { AutomaticRules } from './automatic/automatic-rules.ts';
export { shownRule } from './automatic/list.ts';
export type { AutomaticRulesOptions } from './automatic/parts.ts';
export {
  openAutomaticRules,
  type AutomaticRuleStore,
  type AutomaticRulesOfAccount,
} from './automatic/store.ts';
export { openMadeBlocks, type MadeBlocks, type MadeBlocksOfAccount } from './made-blocks.ts';
export type { AddressOwner } from './peer.ts';
export { describeSource } from './describe-source.ts';
export { exportedRules, rulesToCopy, rulesToImport, stagedRules } from './incoming.ts';
export { simulated } from './review.ts';
export { openAddresses } from './run.ts';
export { openShieldRuns, type ShieldRuns, type ShieldRunsOfAccount } from './run-store.ts';
export type { ShieldChangesOptions } from './run-execution.ts';
export { ShieldChanges } from './shield-changes.ts';
export { ownAddresses, SourceBlocks } from './source-blocks.ts';
