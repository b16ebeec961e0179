import type { Row } from '../authorisation-row.ts';
import { anyone, coordinators } from './statuses.ts';

/** The rows of the weather's colours: anyone reads them, a coordinator alone sets one, in their territory. */
export const weatherRows: Readonly<Record<string, Row>> = {
  'weather.read': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'weather.set': {
    target: 'territory',
    scene: null,
    body: { department: '01', hazard: 'heat', colour: 'orange' },
    statuses: coordinators(204),
    writes: true,
    isForStaff: true,
  },
};
