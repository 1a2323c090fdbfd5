export { openTerminal, type TerminalSystem } from './open-terminal.ts';
export { commandText } from './command-text.ts';
