import { describe, expect, test } from 'vitest';
import { type ReadForm, readForm } from '#lib/api/forms.server.ts';
import { previewOf, readDraft, refuseWords } from './draft.server.ts';
import { readEdit } from './edit.server.ts';

const resident = {
  id: '01980000-0000-7000-8000-000000000001',
  displayName: 'Odile',
  residence: { id: '01980000-0000-7000-8000-000000000002', name: 'Les Tilleuls', commune: '01173' },
  cell: '8a1f8a5a4b6ffff',
};
const now = new Date('2026-11-20T08:00:00Z');

const formOf = (fields: Record<string, string>): Promise<ReadForm> => {
  const body = new URLSearchParams({ kind: 'request', audience: 'neighbourhood', when: 'week', ...fields });
  return readForm(new Request('https://palier.test/demander', { method: 'POST', body }));
};
const read = async (fields: Record<string, string>) => readDraft(await formOf(fields), resident, now);
const draftOf = async (fields: Record<string, string>) => {
  const reading = await read(fields);
  if ('refusal' in reading) throw new Error(JSON.stringify(reading.refusal.data.errors));
  return reading;
};
const errorsOf = async (fields: Record<string, string>) => {
  const reading = await read(fields);
  return 'refusal' in reading ? reading.refusal.data : null;
};

describe('readDraft', () => {
  test('makes a request of one sentence, its category from the words', async () => {
    expect(await draftOf({ title: '  Qui peut arroser\nmes plantes ?  ' })).toEqual({
      isKept: false,
      draft: {
        kind: 'request',
        category: 'garden',
        title: 'Qui peut arroser mes plantes ?',
        audience: 'neighbourhood',
        window: { from: '2026-11-20T08:00:00.000Z', to: '2026-11-27T19:00:00.000Z' },
      },
    });
  });
  test('keeps what tells of children to the residence, unless the author chose', async () => {
    const title = 'Garder ma fille de 5 ans mercredi';
    expect(await draftOf({ title })).toMatchObject({
      isKept: true,
      draft: { category: 'childcare', audience: 'residence' },
    });
    expect(await draftOf({ title, category: 'childcare' })).toMatchObject({
      isKept: false,
      draft: { audience: 'neighbourhood' },
    });
    expect(await draftOf({ title, audience: 'commune' })).toMatchObject({
      isKept: false,
      draft: { audience: 'commune' },
    });
  });
  test('takes everything that is folded away', async () => {
    const fields = {
      when: 'date',
      day: '2026-11-30',
      from: '18:00',
      to: '19:00',
      details: ' Au 3e, sans ascenseur. ',
      helpersNeeded: '2',
      urgent: 'true',
      behalfName: 'Marcel',
      consent: 'spoken',
      agreedOn: '2026-11-03',
      copyEmail: 'Fille@example.test',
      copyAgreed: 'true',
      repeat: 'week',
      repeatUntil: '2026-12-20',
      hall: 'true',
    };
    expect((await draftOf({ title: 'Monter un meuble', ...fields })).draft).toMatchObject({
      details: 'Au 3e, sans ascenseur.',
      helpersNeeded: 2,
      urgent: true,
      window: { from: '2026-11-30T17:00:00.000Z', to: '2026-11-30T18:00:00.000Z' },
      onBehalfOf: {
        name: 'Marcel',
        consent: 'spoken',
        livesHere: true,
        agreedAt: '2026-11-02T23:00:00.000Z',
        copy: { email: 'fille@example.test', agreed: true },
      },
      repeats: { every: 'week', until: '2026-12-20T22:59:00.000Z' },
      hall: true,
    });
  });
  test.each([
    ['title', { title: 'x' }],
    ['title', { title: 'é'.repeat(121) }],
    ['when', { title: 'Du pain', when: 'date', day: '2026-11-19' }],
    ['consent', { title: 'Du pain', behalfName: 'Marcel' }],
    ['agreedOn', { title: 'Du pain', behalfName: 'Marcel', agreedOn: '2030-01-01' }],
    ['copyEmail', { title: 'Du pain', behalfName: 'Marcel', copyEmail: 'x', copyAgreed: 'true' }],
    ['copyAgreed', { title: 'Du pain', behalfName: 'Marcel', consent: 'spoken', copyEmail: 'x@y.fr' }],
    ['repeat', { title: 'Du pain', repeat: 'week', repeatUntil: '2026-12-20' }],
    ['repeat', { title: 'Du pain', when: 'date', day: '2026-11-30', repeat: 'week' }],
    ['helpersNeeded', { title: 'Du pain', helpersNeeded: '0' }],
  ])('says what is wrong beside %s, and keeps what was typed', async (name, fields) => {
    const refusal = await errorsOf(fields as Record<string, string>);
    expect(refusal?.errors[name]).toBeTruthy();
    expect(refusal?.values).toMatchObject(fields);
  });
});

describe('refuseWords', () => {
  const refused = async (title: string, more: Record<string, string> = {}) => {
    const form = await formOf({ title, ...more });
    return refuseWords(form, (await draftOf({ title, ...more })).draft)?.data;
  };
  test('shows whom to call, until they were seen', async () => {
    const title = 'Ma voisine est tombée et ne se relève pas';
    expect(await refused(title)).toMatchObject({
      code: 'post.emergency',
      details: { numbers: ['15', '18', '112', '114'] },
    });
    expect(await refused(title, { emergencySeen: 'true' })).toBeUndefined();
  });
  test('names the words that give a way to be reached', async () => {
    expect(await refused('Appelez-moi au 06 12 34 56 78')).toMatchObject({
      code: 'post.contact',
      details: { words: ['06 12 34 56 78'] },
    });
  });
  test('refuses payment and lets paying back through', async () => {
    expect(await refused('Je garde vos enfants pour 15 euros de l’heure')).toMatchObject({ code: 'post.payment' });
    expect(await refused('Faire mes courses, je vous rembourse')).toBeUndefined();
  });
});

describe('previewOf', () => {
  test('shows the author’s first name and area, never the residence', async () => {
    const card = previewOf((await draftOf({ title: 'Du pain', audience: 'residence' })).draft, resident, now);
    expect(card).toMatchObject({
      author: { displayName: 'Odile' },
      place: { nearness: 'same-residence', commune: '01173' },
      state: 'open',
    });
    expect(JSON.stringify(card)).not.toContain('Tilleuls');
  });
});

describe('readEdit', () => {
  const edit = async (fields: Record<string, string>) =>
    readEdit(
      await formOf({ title: 'Du pain', category: 'errands', details: '', when: 'keep', ...fields }),
      '01173',
      now,
    );
  test('leaves the date as it is, unless another is chosen', async () => {
    expect(await edit({})).toEqual({
      edit: { title: 'Du pain', details: '', category: 'errands', audience: 'neighbourhood' },
    });
    expect(await edit({ when: 'any' })).toMatchObject({ edit: { window: null } });
    expect(await edit({ when: 'date', day: '2026-11-30' })).toMatchObject({
      edit: { window: { from: '2026-11-30T08:00:00.000Z' } },
    });
  });
  test('says what is wrong beside the field', async () => {
    expect(await edit({ when: 'date', day: '2026-11-01' })).toMatchObject({
      refusal: { data: { errors: { when: expect.any(String) } } },
    });
    expect(await edit({ title: 'x' })).toMatchObject({ refusal: { data: { errors: { title: expect.any(String) } } } });
  });
});
