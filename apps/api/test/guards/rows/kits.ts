import type { Row } from '../authorisation-row.ts';
import { anyone } from './statuses.ts';

const kit = { target: 'kit', scene: null, statuses: anyone(200), malformed: 404, writes: false } as const;

/** Kits are anyone's. */
export const kitsRows: Readonly<Record<string, Row>> = {
  'kits.list': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'kits.read': kit,
  'kits.download': kit,
};
