import type { RefusedAnswer, SessionPrompt } from '../../preload/contract/terminal.ts';

type SecretPromptKind = Exclude<SessionPrompt, { kind: 'host-key' }>;

/** One answer that is asked for. */
export interface SecretField {
  /** The lines above the one that asks: a list of choices, say. */
  readonly text: string | null;
  readonly label: string;
  readonly isSecret: boolean;
}

/** How a question for a secret is put. */
export interface SecretQuestion {
  readonly title: string;
  readonly text: string | null;
  readonly fields: readonly SecretField[];
  /** Something that the keychain can keep: not a code that is valid once. */
  readonly canRemember: boolean;
}

/** The question in words. What a server says of itself is shown whole, as text: it is not to be trusted. */
export function secretQuestion(prompt: SecretPromptKind): SecretQuestion {
  switch (prompt.kind) {
    case 'password':
      return {
        title: `Password of ${prompt.user} on ${prompt.host}`,
        text: paragraphs(refusedWords(prompt.refused, 'password'), prompt.said),
        fields: [{ text: null, label: 'Password', isSecret: true }],
        canRemember: true,
      };
    case 'passphrase':
      return {
        title: `The key is locked with a passphrase${at(prompt)}`,
        text: prompt.wrongBefore ? `That passphrase did not open ${prompt.path}. Try again.` : prompt.path,
        fields: [{ text: null, label: 'Passphrase', isSecret: true }],
        canRemember: true,
      };
    case 'keyboard-interactive':
      return {
        title: isHeading(prompt.title) ? prompt.title : `The server asks${at(prompt)}`,
        text: paragraphs(
          refusedWords(prompt.refused, prompt.canRemember ? 'password' : 'answer'),
          // Its own title may be that of another server.
          isHeading(prompt.title) && prompt.jumpHost !== undefined
            ? `Asked by the jump host ${prompt.jumpHost}.`
            : '',
          prompt.said,
          isHeading(prompt.title) ? '' : prompt.title,
          prompt.instructions,
        ),
        fields: prompt.fields.map(({ label, echo }) => {
          const lines = label.trim().split('\n');
          const last = lines.pop()?.trim() ?? '';
          return { text: paragraphs(lines.join('\n')), label: last || 'Answer', isSecret: !echo };
        }),
        canRemember: prompt.canRemember,
      };
  }
}

/** That the server refused what it was given, which it says by asking again. */
function refusedWords(refused: RefusedAnswer | undefined, what: 'password' | 'answer'): string {
  if (refused === undefined) return '';
  return refused === 'saved'
    ? 'The server did not accept the saved password.'
    : `The server did not accept that ${what}. Try again.`;
}

const at = ({ jumpHost }: { readonly jumpHost?: string }): string =>
  jumpHost === undefined ? '' : ` (jump host ${jumpHost})`;

const longestHeading = 80;

const isHeading = (title: string): boolean =>
  title !== '' && title.length <= longestHeading && !title.includes('\n');

const paragraphs = (...parts: readonly string[]): string | null =>
  parts
    .filter((part) => part.trim() !== '')
    .map((part) => part.replace(/^\n+|\s+$/g, ''))
    .join('\n\n') || null;
