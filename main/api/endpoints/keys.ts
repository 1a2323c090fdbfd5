import * as z from 'zod/mini';
import type { SshKey } from '../../../preload/contract/keys.ts';
import { looksPrivate } from '../../../preload/contract/private-key.ts';
import type { SavedSshKey } from '../models/ssh-key.ts';
import type { Report } from '../read/drift.ts';
import { hasOwnId, sshKeyIdOf } from '../read/ids.ts';
import { readPublicKey } from '../read/public-key.ts';
import { Row } from '../read/row.ts';
import { objectOf } from '../read/shapes.ts';
import { answer, byId, done, list, nothing, requiredText } from './define.ts';

function readKey(raw: unknown, path: string, report: Report): SshKey | null {
  const row = Row.of(raw, path, report);
  const id = row && sshKeyIdOf(row);
  if (row === null || id === null) return null;
  const publicKey = row.text('public_key', 'key', 'content');
  return {
    id,
    name: row.label('name', 'label', 'title') ?? id,
    publicKey,
    facts: publicKey === null ? null : readPublicKey(publicKey),
    createdAtMs: row.timeMs('created_at', 'created', 'added_at'),
  };
}

/** Created: an answer that cannot be read is no failure, the list is read again. */
function decodeSaved(body: unknown, report: Report): SavedSshKey {
  const outer = objectOf(body, 'ssh_key', 'key');
  return { key: outer === null || !hasOwnId(outer, 'sshKey') ? null : readKey(outer, 'key', report) };
}

const newKey = z.object({
  body: z.object({
    name: requiredText,
    // A private key that was pasted by mistake does not leave this machine.
    public_key: z.string().check(
      z.minLength(1),
      z.maxLength(20_000),
      z.refine((text) => !looksPrivate(text)),
    ),
  }),
});

/** SSH keys that instances are built with. */
export const keyEndpoints = {
  'keys.list': list(nothing, readKey),
  'keys.create': answer(newKey, decodeSaved),
  'keys.delete': answer(byId, done),
};
