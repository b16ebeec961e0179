import { amountReasons, bareAmounts, paymentPardons, paymentSigns } from './payment-phrases.ts';
import { compilePhrases } from './phrase-patterns.ts';
import { sentencesOf } from './words.ts';

/** Which kind of words showed payment: a rate, paying, a wage, a service voucher (CESU), a price, a transfer, money in hand, an amount, a sale or hire. */
export type PaymentSign = (typeof paymentSigns)[number][0];

const find = compilePhrases<PaymentSign | 'bare' | 'pardon' | 'reason'>([
  ...paymentSigns,
  ['bare', bareAmounts],
  ['pardon', paymentPardons],
  ['reason', amountReasons],
]);

const signOf = (words: readonly string[]): PaymentSign | null => {
  const matches = find(words);
  const pardoned = new Uint8Array(words.length);
  for (const { label, from, to } of matches) if (label === 'pardon') pardoned.fill(1, from, to);
  const isExplained = matches.some(({ label }) => label === 'reason');
  for (const { label, from, to } of matches) {
    if (label === 'pardon' || label === 'reason') continue;
    if (pardoned.subarray(from, to).includes(1)) continue;
    if (label !== 'bare') return label;
    if (!isExplained) return 'amount';
  }
  return null;
};

/**
 * Whether a post offers or asks payment, with the first sign found, judged sentence by sentence: favours are free, paying back what was bought is not
 * payment (product.md, Rules that bend everything), nor are bills, taxes and forms one asks help with. `because` is a code, never a sentence.
 * 50,000 characters in ≤ 50 ms.
 */
export const detectPayment = (text: string): { refused: boolean; because: PaymentSign | null } => {
  for (const words of sentencesOf(text)) {
    const because = signOf(words);
    if (because !== null) return { refused: true, because };
  }
  return { refused: false, because: null };
};
