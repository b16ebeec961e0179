import { describe, expect, test } from 'vitest';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { readInvitation } from './invitation.server.ts';

const asked: string[] = [];
const answering =
  (status: number, body: object): typeof globalThis.fetch =>
  (input) => {
    asked.push(String(input));
    return Promise.resolve(Response.json(body, { status }));
  };

describe('readInvitation', () => {
  test('tells the residence of a code', async () => {
    const view = { residence: { id: '1', name: 'Les Tilleuls', commune: '01173', communeName: 'Gex' }, stairs: [] };
    expect(await readInvitation(answering(200, view), ' 4f7k-0000-0000-0001')).toEqual({
      invitation: view,
      refusal: null,
    });
    expect(asked.at(-1)).toBe('/api/invitations/%204f7k-0000-0000-0001');
  });

  test('says nothing of no code', async () => {
    expect(await readInvitation(answering(500, {}), '  ')).toEqual({ invitation: null, refusal: null });
  });

  test('never turns what was typed into another path', async () => {
    const before = asked.length;
    for (const typed of ['..', '../me', '.', '../../posts', 'é'.repeat(70)]) {
      expect((await readInvitation(answering(200, {}), typed)).refusal).toBe(sentenceOf('invitation.absent'));
    }
    expect(asked).toHaveLength(before);
  });

  test("says the API's refusal in a sentence", async () => {
    const { invitation, refusal } = await readInvitation(
      answering(429, { code: 'rate.limited' }),
      '4F7K-0000-0000-0001',
    );
    expect(invitation).toBeNull();
    expect(refusal).toBe(sentenceOf('rate.limited'));
  });
});
