import type { Row } from '../authorisation-row.ts';
import { anyone } from './statuses.ts';

/** The rows that are nobody's: places, the instance, its health. */
export const operationsRows: Readonly<Record<string, Row>> = {
  'communes.search': { target: 'none', scene: null, query: '?q=gex', statuses: anyone(200), writes: false },
  'instance.read': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'operations.health': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'operations.ready': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'operations.openApi': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'operations.metrics': { target: 'none', scene: null, statuses: anyone(404), writes: false },
};
