/**
 * Whether a text is like a pattern of OpenSSH: `*` stands for any run of characters, `?` for one. In linear time and
 * space for each `*`, so that no pattern takes long.
 */
export function isLike(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  for (let index = 0; index < text.length;) {
    const wanted = pattern.charAt(at);
    if (at < pattern.length && wanted === '*') {
      star = at;
      at += 1;
      resumeAt = index;
    } else if (at < pattern.length && (wanted === '?' || wanted === text.charAt(index))) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resumeAt += 1;
      index = resumeAt;
    } else {
      return false;
    }
  }
  while (pattern.charAt(at) === '*') at += 1;
  return at === pattern.length;
}

/** OpenSSH takes no longer pattern: a list that has one matches nothing (`match_pattern_list`). */
const maxPatternLength = 1022;

/** Whether one pattern of a list is like a text, and none of those with `!`. */
export function listMatches(patterns: readonly string[], text: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    if (pattern.length > maxPatternLength) return false;
    if (pattern.startsWith('!')) {
      if (isLike(pattern.slice(1), text)) return false;
    } else if (isLike(pattern, text)) {
      matched = true;
    }
  }
  return matched;
}

/** The same for names of hosts where upper and lower case are alike: `Match host`, known_hosts. */
export function hostListMatches(patterns: readonly string[], host: string): boolean {
  return listMatches(
    patterns.map((pattern) => pattern.toLowerCase()),
    host.toLowerCase(),
  );
}
