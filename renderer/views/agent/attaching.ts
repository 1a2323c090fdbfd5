import type { AttachmentSource } from '../../../preload/contract/agent-attachment.ts';

/** The name of what was added. */
export function attachmentTitle(source: AttachmentSource): string {
  switch (source.kind) {
    case 'terminal':
      return source.part === 'selection' ? 'Terminal selection' : 'Terminal, last lines';
    case 'metrics':
      return `Metrics, ${source.period}`;
    case 'top-sources':
      return 'Top sources';
    case 'instance':
      return 'Instance state';
  }
}

/** The title of the dialog that shows it. */
export function dialogTitle(source: AttachmentSource): string {
  switch (source.kind) {
    case 'terminal':
      return source.part === 'selection'
        ? 'Attach the terminal selection'
        : 'Attach the last lines of the terminal';
    case 'metrics':
      return 'Attach metrics';
    case 'top-sources':
      return 'Attach the top sources';
    case 'instance':
      return 'Attach the instance state';
  }
}

/** Why there is nothing to attach; null where there is something, or it has to be read first. */
export function emptyReason(source: AttachmentSource): string | null {
  return source.kind === 'terminal' && source.text.trim() === '' ? 'The terminal is empty' : null;
}

/** A message with a text added to it, and room to write below. */
export function withAttached(message: string, text: string): string {
  const before = message.trimEnd();
  return before === '' ? `${text}\n` : `${before}\n\n${text}\n`;
}

/** A message without a text that was added to it. */
export function withoutAttached(message: string, text: string): string {
  const at = message.indexOf(text);
  if (at === -1) return message;
  const before = message.slice(0, at).trimEnd();
  const after = message.slice(at + text.length).replace(/^\n+/, '');
  return before === '' || after === '' ? before + after : `${before}\n\n${after}`;
}
