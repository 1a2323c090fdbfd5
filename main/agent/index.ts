export { AgentChanges } from './agent-changes.ts';
export { Attachments } from './attachment/attachments.ts';
export { withAnswer } from './answered-transcript.ts';
export { openSentTurns, type SentTurns, type SentTurnsOfAccount } from './sent-turns.ts';
export {
  openConversationNotes,
  type ConversationNotesStore,
  type NotesOfAccount,
} from './conversation-notes.ts';
export { crossingEntries, Transcripts } from './transcripts.ts';
export { turnNotice } from './turn-notice.ts';
export type { TurnAnswer } from './turn-model.ts';
export { AgentTurns } from './turns.ts';
