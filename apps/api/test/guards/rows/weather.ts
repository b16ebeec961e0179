import type { Row, Statuses } from '../authorisation-row.ts';
import { outsiders, roles } from '../cast.ts';

const signedIn = Object.fromEntries(
  roles.map((role) => [role, (outsiders as readonly string[]).includes(role) ? 401 : 200]),
) as Statuses;

/** The rows of the weather's colours: whoever is signed in reads them, a coordinator alone sets one, in their territory. */
export const weatherRows: Readonly<Record<string, Row>> = {
  'weather.read': { target: 'none', scene: null, statuses: signedIn, writes: false },
  'weather.set': {
    target: 'territory',
    scene: null,
    body: { department: '01', hazard: 'heat', colour: 'orange' },
    statuses: {
      ...signedIn,
      ...Object.fromEntries(roles.filter((role) => signedIn[role] === 200).map((role) => [role, 403])),
      coordinator: 204,
    } as Statuses,
    writes: true,
    isForStaff: true,
  },
};
