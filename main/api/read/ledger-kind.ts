import type { Cents } from '../../../preload/contract/brands.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import { wordsOf } from './fields.ts';

type Kind = Transaction['kind'];

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const debitWords = setOf(
  'debit debits debited dr charge charges charged purchase purchased renewal renew renewed invoice invoiced withdrawal withdraw ' +
    'withdrawn usage consumption spend spent spending expense fee fees order deduction deducted bill billing setup upgrade ' +
    'subscription rental rent hourly out outgoing outbound outflow',
);
const creditWords = setOf(
  'credit credits credited cr refund refunds refunded topup recharge deposit deposited bonus promo promotion promotional voucher ' +
    'coupon gift cashback reward referral grant granted income in incoming inbound inflow',
);
/** What turns another word around, or takes it back: what is left then is not said. */
const turningWords = setOf(
  'reversal reverse reversed chargeback void voided failed cancelled canceled dispute disputed correction adjustment',
);

/**
 * Whether a line's word, such as the reference's `debit` and `credit`, says that money went out or came in. `payment` and
 * `transfer` say neither: one pays into a wallet, and from it.
 */
export function kindOfWord(raw: string): Kind {
  const sign = raw.trim();
  if (sign === '+') return 'credit';
  if (/^[-−]$/.test(sign)) return 'debit';
  const words = wordsOf(raw.replace(/top[\s_-]?up/gi, ' topup ').replace(/credit[\s_-]?card/gi, ' card '));
  if (words.some((word) => turningWords.has(word))) return 'unknown';
  const isDebit = words.some((word) => debitWords.has(word));
  const isCredit = words.some((word) => creditWords.has(word));
  // A refund of a purchase is a refund.
  if (isDebit && isCredit)
    return words.some((word) => /^refund/.test(word)) && !/\bfees?\b/.test(words.join(' '))
      ? 'credit'
      : 'unknown';
  return isDebit ? 'debit' : isCredit ? 'credit' : 'unknown';
}

/** Whether an amount was taken or added, by its own sign; null where it has none. */
export function kindOfSign(raw: unknown, amount: Cents | null): Kind | null {
  if (amount !== null && amount < 0) return 'debit';
  return typeof raw === 'string' && /^\s*\+/.test(raw) ? 'credit' : null;
}

/** Whether an amount was taken or added, by the balance before it and after it; null where they do not tell. */
export function kindOfBalances(amount: Cents | null, before: Cents | null, after: Cents | null): Kind | null {
  if (amount === null || before === null || after === null || amount === 0) return null;
  if (Math.abs(after - before) !== Math.abs(amount)) return null;
  return after < before ? 'debit' : 'credit';
}
