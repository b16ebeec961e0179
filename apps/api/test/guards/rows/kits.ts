import type { Row } from '../authorisation-row.ts';
import { anyone, coordinators } from './statuses.ts';

const kit = { target: 'kit', scene: null, statuses: anyone(200), malformed: 404, writes: false } as const;
/** Kits and cool places are anyone's to read; a coordinator keeps the list of cool places. */
export const kitsRows: Readonly<Record<string, Row>> = {
  'kits.list': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'kits.read': kit,
  'kits.download': kit,
  'kits.listCoolPlaces': { ...kit, target: 'commune', unknown: 400, malformed: 400 },
  'kits.addCoolPlace': {
    target: 'commune',
    scene: null,
    body: { name: 'Médiathèque', kind: 'library', where: '1 place du Marché', hours: 'De 10 h à 18 h' },
    statuses: coordinators(201),
    isForStaff: true,
    unknown: 400,
    writes: true,
    keys: ['hours', 'id', 'kind', 'name', 'where'].map((key) => `coolPlace.${key}`),
  },
  'kits.removeCoolPlace': {
    target: 'coolPlace',
    scene: null,
    statuses: coordinators(204),
    isForStaff: true,
    writes: true,
  },
};
