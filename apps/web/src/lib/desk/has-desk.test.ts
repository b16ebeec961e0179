import { expect, test } from 'vitest';
import { hasDesk, homeOf } from './has-desk.ts';

const id = '01900000-0000-7000-8000-000000000001';
const referent = { roles: [{ role: 'referent', residenceId: id } as const], resident: null };
const officer = { roles: [{ role: 'officer', commune: '01173' } as const], resident: null };
const resident = { roles: [{ role: 'resident', residenceId: id } as const], resident: {} as never };

test('a desk is for those whose role finds work there', () => {
  expect([hasDesk(referent), hasDesk(officer), hasDesk(resident)]).toEqual([true, true, false]);
});

test('whoever signs in begins among their neighbours, else at their desk, else at their account', () => {
  expect([homeOf(null), homeOf(resident), homeOf(referent), homeOf(officer)]).toEqual([
    '/autour',
    '/autour',
    '/bureau',
    '/bureau/commune',
  ]);
});
