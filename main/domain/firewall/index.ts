export { lint, type RuleFinding } from './lint.ts';
export { judgeLockout, type Peer } from './lockout.ts';
export { after, asRule, bodyOf, inverse, isSame, planned, type RuleBody, type Step } from './plan.ts';
export { rangeOf } from './range.ts';
export { reachOf, type Reach } from './reach.ts';
export { contains, readSource } from './source.ts';
export { verdicts } from './verdicts.ts';
