export { displayName, displayText } from './display-text.ts';
export { dayInWords, observedState, type ObservedState, type RawState } from './instance-state.ts';
export { powerChoices, powerChoicesWhile, type PowerChoices } from './power-choices.ts';
