import { redact } from '../../log/index.ts';

/** What stands for a secret, as in the log. */
const mask = '[redacted]';

/** A value in quotes to their end, or a bare one. What is masked already, or says that there is none, is no value. */
const value =
  '(?!["\']?(?:\\[redacted\\]|(?:null|none|undefined|true|false|yes|no)\\b))' +
  '(?:"[^"\\n]{1,2000}"?|\'[^\'\\n]{1,2000}\'?|[^\\s"\'`,;&)\\]}]{1,2000})';
const between = '["\']?\\s{0,10}(?:=>|[:=])\\s{0,10}';

/**
 * Secrets by their names and shapes that logs of the app do not hold, but terminals do. Each repetition has a limit, so that
 * no text, however long, takes longer than its length.
 */
const shapes: readonly (readonly [RegExp, string])[] = [
  // Lines of a .env or a shell: DB_PASS=…, AWS_SECRET_ACCESS_KEY=…, MYSQL_PWD=…; PWD alone is a folder.
  [
    new RegExp(
      '((?<![a-z0-9])[a-z0-9_.-]{0,60}(?:pass|pwd(?<=[_.-]pwd)|secret|token|credentials?|salt|dsn|(?:access|account|api|app|auth|' +
        `encryption|hash|jwt|license|master|private|secret|service|session|shared|signing|storage)[_.-]?key)(?:[_.-]?(?:base|hash|value|b64|[0-9]))?${between})${value}`,
      'gi',
    ),
    `$1${mask}`,
  ],
  // As arguments: --password x, -pX of MySQL and sshpass, -u name:x of curl.
  [
    /(\s--?[a-z-]{0,40}(?:password|passwd|passphrase|secret|token|api-key)[ =]{1,4})(?!\[redacted\]|-)\S{1,2000}/gi,
    `$1${mask}`,
  ],
  [
    /(\b(?:mysql|mariadb|mysqldump|mysqladmin|mariadb-dump|sshpass)\b[^\n]{0,200}?\s-p)(?!\[redacted\])[^\s-]\S{0,2000}/g,
    `$1${mask}`,
  ],
  [/(\bsshpass\s{1,4}-p\s{1,4})(?!\[redacted\])\S{1,2000}/g, `$1${mask}`],
  [/(\s(?:-u|--user)[ =]{1,4}[^\s:'"]{1,200}:)(?!\[redacted\])[^\s'"]{1,2000}/g, `$1${mask}`],
  // As words: SQL, Redis, .netrc.
  [/(\bidentified\s{1,10}by\s{1,10})(?:'[^'\n]{1,2000}'?|"[^"\n]{1,2000}"?)/gi, `$1${mask}`],
  [/(\b(?:requirepass|masterauth)\s{1,10})(?!\[redacted\])\S{1,2000}/gi, `$1${mask}`],
  [/(\blogin\s{1,10}\S{1,200}\s{1,10}password\s{1,10})(?!\[redacted\])\S{1,2000}/gi, `$1${mask}`],
  // Passwords as a system keeps them: /etc/shadow, htpasswd.
  [/\$(?:1|2[abxy]?|5|6|7|y|gy|apr1|argon2[a-z]{1,2}|scrypt)\$[A-Za-z0-9./$=,+-]{20,400}/g, mask],
  // Keys and tokens of well-known services, wherever they stand.
  [/(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g, mask],
  [/(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255})/g, mask],
  [
    /(?<![A-Za-z0-9])(?:glpat-|npm_|hf_|dop_v1_|pypi-|xox[abeprs]-|xapp-|sk-|SG\.|shpat_|[rs]k_(?:live|test)_|whsec_)[A-Za-z0-9_.-]{16,400}/g,
    mask,
  ],
  [/(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/g, mask],
  [/(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?/g, mask],
  [/(?<!\d)\d{8,12}:AA[A-Za-z0-9_-]{30,50}/g, mask],
  [/AGE-SECRET-KEY-1[A-Z0-9]{50,70}/gi, mask],
];

const keyEnd = /-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const keyLine = /^\s*(?:[A-Za-z0-9+/=]{1,80}|(?:Proc-Type|DEK-Info|Comment|Version):.*)?\s*$/;
const bodyLine = /^[A-Za-z0-9+/]{60,80}$/;

/**
 * Text that leaves for somebody else, without the secrets in it: those that the app holds, those that its log masks, and
 * more shapes that are usual on a server. It cannot know all: what is sent is shown first.
 */
export function redactShared(text: string): string {
  let result = redact(text);
  for (const [shape, replacement] of shapes) result = result.replace(shape, replacement);
  return withoutKeyParts(result);
}

/** How many secrets a text has masked. */
export function countRedacted(text: string): number {
  return text.split(mask).length - 1;
}

/** Masks what is left of a private key whose first line, or first and last line, are not in the text. */
function withoutKeyParts(text: string): string {
  const kept: string[] = [];
  let body: string[] = [];
  const endBody = (): void => {
    if (isKeyBody(body)) kept.push(mask);
    else kept.push(...body);
    body = [];
  };
  for (const line of text.split('\n')) {
    if (keyEnd.test(line)) {
      kept.push(...body);
      body = [];
      while (kept.length > 0 && keyLine.test(kept.at(-1) ?? '')) kept.pop();
      kept.push(mask);
    } else if (
      bodyLine.test(line.trim()) ||
      (body.length > 0 && /^[A-Za-z0-9+/=]{1,80}$/.test(line.trim()))
    ) {
      body.push(line);
    } else {
      endBody();
      kept.push(line);
    }
  }
  endBody();
  return kept.join('\n');
}

/** Three lines of base64 and more. Hashes, in hexadecimal digits, are none. */
function isKeyBody(lines: readonly string[]): boolean {
  return lines.length >= 3 && lines.slice(0, 3).every((line) => /[A-Z]/.test(line) && /[a-z]/.test(line));
}
