import { setFlagsFromString } from 'node:v8';

/**
 * Whether V8 compiles what runs often once more, by TurboFan, to be as fast as can be. Its first function has some 5 MB of the
 * runtime's file read into memory, the start alone gets there, and an app in the tray has nothing to hurry for: Maglev, the
 * compiler before it, is enough. Holds for what is not compiled yet.
 */
export function useFastestCompiler(isUsed: boolean): void {
  setFlagsFromString(isUsed ? '--turbofan' : '--no-turbofan');
}
