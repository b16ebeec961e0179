import { describe, expect, it } from 'vitest';
import { detectPayment } from './detect-payment.ts';
import { freePhrases, heldOutFreePhrases, heldOutPaidPhrases, paidPhrases } from './phrases/payment.ts';
import { print } from './phrases/print.ts';

const isPaid = (phrase: string) => detectPayment(phrase).refused;

describe('detectPayment', () => {
  it('refuses every labelled phrase that offers or asks payment, at least 40', () => {
    expect(paidPhrases.length).toBeGreaterThanOrEqual(40);
    expect(paidPhrases.filter((phrase) => !isPaid(phrase))).toEqual([]);
  });

  it('lets through every labelled phrase that does not, at least 40', () => {
    expect(freePhrases.length).toBeGreaterThanOrEqual(40);
    expect(freePhrases.filter(isPaid)).toEqual([]);
  });

  it('is right on at least 17 of 20 phrases held out', () => {
    const right = [...heldOutPaidPhrases.map(isPaid), ...heldOutFreePhrases.map((phrase) => !isPaid(phrase))].filter(
      Boolean,
    ).length;
    print(`payment, held out: ${right} of 20 right`);
    expect(right).toBeGreaterThanOrEqual(17);
  });

  it('names the sign by a code', () => {
    expect(detectPayment('Je paie bien')).toEqual({ refused: true, because: 'pay' });
    expect(detectPayment('20 € de l’heure')).toEqual({ refused: true, because: 'rate' });
    expect(detectPayment('paiement en CESU possible').because).toMatch(/pay|voucher/);
    expect(detectPayment('')).toEqual({ refused: false, because: null });
  });

  it('does not let a refund in one sentence excuse a wage in another', () => {
    expect(isPaid('Je vous rembourse les courses. Je vous donne 15 € de l’heure.')).toBe(true);
  });
});
