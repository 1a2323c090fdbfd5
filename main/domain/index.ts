export { bandwidthBaseline, baselineOf, judgeUnusual, packetBaseline } from './baseline.ts';
export { lastPayments } from './billing-terms.ts';
export { changes, type Change } from './changes.ts';
export {
  creationOutcome,
  creationTraces,
  type CreationAsked,
  type CreationEvidence,
  type CreationOutcome,
  type CreationTraces,
} from './creation-outcome.ts';
export { displayName, displayText } from '../../preload/contract/display-text.ts';
export { errorInWords } from './error-words.ts';
export { isAnswerLost } from './lost-answer.ts';
export {
  after,
  asRule,
  bodyOf,
  contains,
  inverse,
  isSame,
  judgeLockout,
  lint,
  planned,
  rangeOf,
  reachOf,
  readSource,
  verdicts,
  type Peer,
  type Reach,
  type RuleBody,
  type RuleFinding,
  type Step,
} from './firewall/index.ts';
export { forecastOf } from './forecast.ts';
export { fundedNotice, isFunded, type FundsWanted } from './funded.ts';
export { observedState, type ObservedState, type RawState } from './instance-state.ts';
export { linkTransactions } from './ledger-links.ts';
export { lifecycleChoices, lifecycleChoicesWhile, type LifecycleChoices } from './lifecycle-choices.ts';
export {
  goneNotices,
  ignoredNotices,
  joinBurst,
  lowBalanceNotice,
  stateNotices,
  unreachableNotice,
  withReachability,
  type NoticeContext,
} from './notices.ts';
export { instancePlan } from './plan-estimates.ts';
export { plansByName } from './plan-join.ts';
export { powerChoices, powerChoicesWhile, type PowerChoices } from './power-choices.ts';
export {
  drawn,
  fundsOf,
  isUnpaid,
  renewalsUntil,
  renewedInstances,
  runwayOf,
  type BillingFacts,
  type ListedPlan,
} from './runway.ts';
export { renewalKey, runwayDays, shortRunwayNotice, unpaidRenewalNotice } from './runway-notices.ts';
export { settle, type UnsettledChanges } from './settle.ts';
export { accountSummary } from './summary.ts';
export { judge, type Sample, type Threshold, type Verdict } from './threshold.ts';
export { lockedTrayModel, trayModel, type TrayAction, type TrayItem, type TrayModel } from './tray-model.ts';
export { judgeTraffic, newLevelMs } from './traffic-verdict.ts';
export {
  afterWafApp,
  afterWafList,
  wafAttention,
  wafChanges,
  type WafAttention,
  type WafChange,
  type WafReading,
} from './waf-changes.ts';
