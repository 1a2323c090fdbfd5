export { turnNotice } from './turn-notice.ts';
export { AgentTurns } from './turns.ts';
