/** A message may be as long; what is longer is refused before it is sent. */
export const messageCharacters = 20_000;

/** So much of a terminal is taken in to be redacted and cut. */
export const terminalCharacters = 200_000;
