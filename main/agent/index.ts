export { turnNotice } from './turn-notice.ts';
export { AgentTurns, type AgentTurnsOptions, type TurnRequest } from './turns.ts';
