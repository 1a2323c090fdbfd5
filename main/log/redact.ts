const mask = '[redacted]';

/*
 * Every pattern below begins with fixed characters and has one way only to read a text, so that no input, however
 * long, makes it start over and over: a log line may be a megabyte that somebody else wrote.
 */

/** Shapes of secrets, wherever they turn up; each keeps the text around it, so that a log line stays readable. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // Personal access tokens: an id, a bar (also URL-encoded, once or more often), the secret part.
  [/(?<!\d)(\d{1,12}(?:\||%(?:25)*7C))[A-Za-z0-9]{16,}/gi, `$1${mask}`],
  [
    /-----BEGIN(?:[A-Z +]|%20)*PRIVATE(?: |\+|%20)KEY-----[\s\S]*?(?:-----END(?:[A-Z +]|%20)*KEY-----|$)/g,
    mask,
  ],
  [/PuTTY-User-Key-File-\d[\s\S]*?(?:Private-MAC: \w+|$)/g, mask],
  // A console's address carries its token in the path or the query.
  [/\b(wss?(?::\/\/|%3A%2F%2F))[^\s"'`<>]+/gi, `$1${mask}`],
  // https://user:password@host
  [/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${mask}@`],
  [/((?:authorization|cookie)\\*["'`]?\s*(?:=>|[:=]|%3A|%3D)\s*\\*["'`]?)[^\r\n"'`\\&]+/gi, `$1${mask}`],
  // Without its header, the scheme is told from the ordinary word by the length of what follows.
  [/\b(bearer(?:\s|%20)+)[^\s"'`\\,;]{16,}/gi, `$1${mask}`],
];

/** Basic credentials, told from ordinary words ("basic plan") by what they decode to: a name, a colon, a password. */
const basicCredentials = /\b(basic(?:\s|%20)+)([A-Za-z0-9+/]{4,}={0,2})/gi;

const isNameAndPassword = (base64: string): boolean =>
  /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(base64, 'base64').toString('latin1'));

/** Names whose value is a secret, also as the end of a longer name: `root_password`, `vncPassword`, `x-api-key`. */
const secretName =
  '(?:password|passphrase|passwd|secret|token|api[_-]?key|private[_-]?key)(?:_confirmation)?';

/** What stands between a name and its value: in JSON (also inside a string), a query, a header, a printed Map. */
const separator = String.raw`\\*(?:["'\x60]|%22|%27)?\s*(?:=>|[:=]|%3A|%3D)\s*`;

/** A value in quotes, to their end or that of the text, or a bare one up to the next delimiter. */
const secretValue = [
  // JSON inside a string: its quotes are \" and a quote in the value is \\\".
  String.raw`\\"(?:[^"\\]|\\\\(?:\\"|[^"])?)*(?:\\")?`,
  String.raw`"(?:[^"\\]|\\[\s\S])*"?`,
  String.raw`'(?:[^'\\]|\\[\s\S])*'?`,
  String.raw`\x60(?:[^\x60\\]|\\[\s\S])*\x60?`,
  String.raw`(?:\[redacted\]|[^\s"'\x60&,;}\]])+`,
].join('|');

/** `"password": "…"`, `password=…`, `api_token: …`. A value that says that there is none stays. */
const namedSecret = new RegExp(
  `(${secretName}${separator})(?!(?:null|undefined|true|false)\\b)(?:${secretValue})`,
  'gi',
);

/** Secrets held now, in each form in which they may be written, and how many hold them. */
const known = new Map<string, number>();
/** The same forms, the longest first: one that begins like another would leave its end behind. */
let longestFirst: readonly string[] = [];

/** Every way in which a text is written into a line: as it is, in a URL, in JSON, in hex, in base64. */
function formsOf(secret: string): ReadonlySet<string> {
  // By way of bytes, since an unpaired surrogate cannot be encoded, and throws.
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  return new Set([
    secret,
    encodeURIComponent(bytes.toString()),
    JSON.stringify(secret).slice(1, -1),
    hex,
    hex.toUpperCase(),
    // With its padding.
    bytes.toString('base64'),
    ...[0, 1, 2].flatMap((before) => base64Forms(bytes, before)),
  ]);
}

/**
 * How bytes look in the base64 of a longer text in which `before` bytes of a group of three come before them: the
 * characters that they decide alone.
 */
function base64Forms(bytes: Buffer, before: number): readonly string[] {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]);
  const first = Math.ceil((before * 8) / 6);
  const end = Math.floor((whole.length * 8) / 6);
  const base64 = whole.toString('base64').slice(first, end);
  return [
    base64,
    whole.toString('base64url').slice(first, end),
    // In a query.
    encodeURIComponent(base64),
  ];
}

/**
 * Masks `secret` in every later log line. Returns a function that forgets it again; a secret that was registered
 * twice is masked until both have forgotten it. Short ones are left out: they would mask words.
 */
export function registerSecret(secret: string): () => void {
  if (secret.length < 6) return () => undefined;
  const forms = formsOf(secret);
  for (const form of forms) known.set(form, (known.get(form) ?? 0) + 1);
  sortForms();
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    for (const form of forms) {
      const holders = (known.get(form) ?? 0) - 1;
      if (holders > 0) known.set(form, holders);
      else known.delete(form);
    }
    sortForms();
  };
}

function sortForms(): void {
  longestFirst = [...known.keys()].sort((a, b) => b.length - a.length);
}

/** The text without the secrets in it, known ones and those that look like one. */
export function redact(text: string): string {
  let result = text;
  for (const form of longestFirst) result = result.replaceAll(form, mask);
  for (const [shape, replacement] of shapes) result = result.replace(shape, replacement);
  result = result.replace(basicCredentials, (whole, scheme: string, credentials: string) =>
    isNameAndPassword(credentials) ? `${scheme}${mask}` : whole,
  );
  return result.replace(namedSecret, `$1${mask}`);
}
