export { canonicalAddress } from './address.ts';
export { changes, type Change } from './changes.ts';
export { displayName, displayText } from '../../preload/contract/display-text.ts';
export { errorInWords } from './error-words.ts';
export { observedState, type ObservedState, type RawState } from './instance-state.ts';
export {
  goneNotices,
  joinBurst,
  lowBalanceNotice,
  stateNotices,
  unreachableNotice,
  withReachability,
  type NoticeContext,
} from './notices.ts';
export { powerChoices, powerChoicesWhile, type PowerChoices } from './power-choices.ts';
export { settle, type UnsettledChanges } from './settle.ts';
export { accountSummary } from './summary.ts';
export { judge, type Sample, type Threshold } from './threshold.ts';
export { trayModel, type TrayAction, type TrayItem, type TrayModel } from './tray-model.ts';
