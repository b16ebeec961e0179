import type { Me, StaffRole } from '@palier/domain/accounts';

/** Whose work is at the desk. */
const deskRoles: readonly StaffRole[] = ['referent', 'coordinator', 'officer'];

/** Whether someone finds work at the desk. */
export const hasDesk = (me: Pick<Me, 'roles'>): boolean =>
  me.roles.some(({ role }) => deskRoles.some((one) => one === role));

/** Where the desk begins: the queue of those who look after residences, else the officer's commune. */
export const deskHomeOf = (me: Pick<Me, 'roles'>): string =>
  me.roles.some(({ role }) => role === 'referent' || role === 'coordinator') ? '/bureau' : '/bureau/commune';

/** Where someone signed in begins: their neighbours, else their desk, else their account. */
export const homeOf = (me: Pick<Me, 'roles' | 'resident'> | null): string =>
  !me || me.resident ? '/autour' : hasDesk(me) ? deskHomeOf(me) : '/compte';
