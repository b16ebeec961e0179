import { describe, expect, test } from 'vitest';
import { ApiProblem } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { inWords } from './in-words.server.ts';

const posted = (fields: Record<string, string>) => {
  const body = new URLSearchParams(fields);
  return readForm(new Request('https://palier.test/entrer', { method: 'POST', body }));
};

describe('inWords', () => {
  test("gives a field its own sentence, and leaves another's as it was", async () => {
    const form = await posted({ email: 'simone', displayName: '' });
    const issues = [{ path: ['email'], code: 'invalid_format' }, { path: ['displayName'] }];
    const plain = refuseInput(form, issues).data.errors.displayName;
    const { data, status } = inWords(refuseInput(form, issues), { fields: { email: 'Incomplète.' } });
    expect(status).toBe(400);
    expect(data.errors).toEqual({ email: 'Incomplète.', displayName: plain });
  });

  test('puts a refusal that is about one field beside it', async () => {
    const form = await posted({ email: 'a@b.fr' });
    const refusal = refuseAnswer(form, new ApiProblem(409, { code: 'email.taken' }));
    const said = refusal.data.message;
    const { data } = inWords(refusal, { codes: { 'email.taken': 'email' } });
    expect(data.errors).toEqual({ email: said });
    expect(data.message).not.toBe(said);
    expect(data.values).toEqual({ email: 'a@b.fr' });
  });

  test('keeps the sentence of a refusal that is about the whole', async () => {
    const form = await posted({});
    const refusal = refuseAnswer(form, new ApiProblem(429, { code: 'rate.limited' }));
    const said = refusal.data.message;
    expect(inWords(refusal, { codes: { 'email.taken': 'email' } }).data).toMatchObject({ errors: {}, message: said });
  });
});
