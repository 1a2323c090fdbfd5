/**
 * Whether what came in place of a version line is an SSH server's that takes no connection from this address for now:
 * OpenSSH's words for a penalty (PerSourcePenalties) and for MaxStartups, and what other servers say.
 */
export function refusesForNow(words: string): boolean {
  return /not allowed at this time|exceeded maxstartups|too many connections/i.test(words);
}
