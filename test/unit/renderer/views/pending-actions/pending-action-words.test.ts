import { describe, expect, it } from 'vitest';
import type { PendingActionKind, PendingActionState } from '../../../../../preload/contract/lifecycle.ts';
import { pendingActionWords } from '../../../../../renderer/views/pending-actions/pending-action-words.ts';
import { cents } from '../../../monitor/builders.ts';

const words = (action: PendingActionKind, state: PendingActionState) =>
  pendingActionWords({ name: 'web', action, state });

describe('a request that is held', () => {
  it('says what is going to happen, and that nothing has left', () => {
    expect(words('delete-now', { phase: 'pending', sendsAtMs: 0 })).toEqual({
      tone: 'warn',
      title: 'web is going to be deleted.',
      text: 'Nothing has been sent yet.',
    });
    expect(words('reinstall', { phase: 'pending', sendsAtMs: 0 }).title).toContain('reinstalled');
    expect(words('delete-at-end', { phase: 'pending', sendsAtMs: 0 }).title).toContain(
      'end of its billing cycle',
    );
  });

  it('says the real refund, and where there is none to be read', () => {
    expect(words('delete-now', { phase: 'sent', refundCents: cents(667) }).text).toBe(
      '$6.67 is refunded to the wallet.',
    );
    expect(words('delete-now', { phase: 'sent', refundCents: null }).text).toContain('see the ledger');
    expect(words('delete-at-end', { phase: 'sent', refundCents: null }).text).toContain('cancel it');
    expect(words('reinstall', { phase: 'sent', refundCents: null }).text).toContain('new host key');
  });

  it('claims neither success nor failure where nobody knows', () => {
    expect(words('delete-now', { phase: 'lost' }).title).toBe(
      'It is not known whether the deletion of web took effect.',
    );
    expect(words('reinstall', { phase: 'abandoned' }).title).toBe('The reinstall of web was not sent.');
    expect(words('delete-now', { phase: 'refused', error: { kind: 'offline', message: '' } })).toMatchObject({
      tone: 'bad',
      title: 'The deletion of web failed.',
      text: 'Evorxa could not be reached. Check the network connection.',
    });
    expect(words('delete-now', { phase: 'sending' }).text).toBe('It can no longer be undone.');
  });
});
