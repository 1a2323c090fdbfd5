import type { SessionPrompt } from '../../preload/contract/terminal.ts';

type SecretPromptKind = Exclude<SessionPrompt, { kind: 'host-key' }>;

/** How a question for a secret is put. */
export interface SecretQuestion {
  readonly title: string;
  readonly text: string | null;
  readonly fields: readonly { readonly label: string; readonly isSecret: boolean }[];
  /** Something that the keychain can keep: not a code that is valid once. */
  readonly canRemember: boolean;
}

/** The question in words. What a server says of itself is shown whole, as text: it is not to be trusted. */
export function secretQuestion(prompt: SecretPromptKind): SecretQuestion {
  switch (prompt.kind) {
    case 'password':
      return {
        title: `Password of ${prompt.user} on ${prompt.host}`,
        text: prompt.said || null,
        fields: [{ label: 'Password', isSecret: true }],
        canRemember: true,
      };
    case 'passphrase':
      return {
        title: 'The key is locked with a passphrase',
        text: prompt.wrongBefore ? `That passphrase did not open ${prompt.path}. Try again.` : prompt.path,
        fields: [{ label: 'Passphrase', isSecret: true }],
        canRemember: true,
      };
    case 'keyboard-interactive':
      return {
        title: prompt.title || 'The server asks',
        text: [prompt.said, prompt.instructions].filter((part) => part !== '').join('\n\n') || null,
        fields: prompt.fields.map(({ label, echo }) => ({
          label: label.trim() || 'Answer',
          isSecret: !echo,
        })),
        canRemember: prompt.canRemember,
      };
  }
}
