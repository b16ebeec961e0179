import type { Me, StaffRole } from '@palier/domain/accounts';

/** Whose work is at the desk. */
const deskRoles: readonly StaffRole[] = ['referent', 'coordinator'];

/** Whether someone finds work at the desk. */
export const hasDesk = (me: Pick<Me, 'roles'>): boolean =>
  me.roles.some(({ role }) => deskRoles.some((one) => one === role));

/** Where someone signed in begins: their neighbours, else their desk, else their account. */
export const homeOf = (me: Pick<Me, 'roles' | 'resident'> | null): string =>
  !me || me.resident ? '/autour' : hasDesk(me) ? '/bureau' : '/compte';
