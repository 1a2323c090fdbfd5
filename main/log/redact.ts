const mask = '[redacted]';

/** Shapes of secrets, wherever they turn up: each keeps the text around it, so that a log line stays readable. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Personal access tokens: an id, a bar (also URL-encoded), the secret part.
  [/\b(\d{1,12})(\||%7C)[A-Za-z0-9]{16,}/gi, `$1$2${mask}`],
  [/\b(bearer|basic)(\s+|%20)[^\s"',;]+/gi, `$1$2${mask}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // A console's address carries its token in the path or the query.
  [/\bwss?(:\/\/|%3A%2F%2F)[^\s"'<>]+/gi, `wss$1${mask}`],
  // "password": "…", password=…, api_token: …
  [
    /(["']?\b[\w-]*(?:password|passphrase|secret|token|private_key|authorization)["']?\s*(?:[:=]|%3A|%3D)\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'&,;}\]]+)/gi,
    `$1${mask}`,
  ],
];

/** Secrets held now, to be masked by their exact text in whatever form it is written. */
const known = new Set<string>();

/** Masks `secret` in every later log line. Returns a function that forgets it again. Short ones are left out: they would mask words. */
export function registerSecret(secret: string): () => void {
  if (secret.length < 6) return () => undefined;
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
  for (const form of forms) known.add(form);
  return () => {
    for (const form of forms) known.delete(form);
  };
}

/** The text without the secrets in it, known ones and those that look like one. */
export function redact(text: string): string {
  let result = text;
  for (const secret of known) result = result.replaceAll(secret, mask);
  for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
  return result;
}
