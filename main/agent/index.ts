export { AgentChanges } from './agent-changes.ts';
export { withAnswer } from './answered-transcript.ts';
export { turnNotice } from './turn-notice.ts';
export { AgentTurns, type TurnAnswer } from './turns.ts';
