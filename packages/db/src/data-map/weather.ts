import * as schema from '../schema/index.ts';
import { declare, type Entry } from './declare.ts';

const { weatherSource, weatherColours, weatherByHand } = schema;

/** The weather's colour: public data of departments, and what a coordinator set for a territory; nobody's. */
export const weatherEntries: readonly Entry[] = [
  declare(weatherSource, {
    holds: 'the reading of the vigilance map',
    kept: 'one row',
    mine: null,
    plain: ['id', 'source', 'nextAt', 'failures', 'problem', 'issuedAt', 'readAt'],
  }),
  declare(weatherColours, {
    holds: 'the last colour stated for each department',
    kept: 'until the next',
    mine: null,
    plain: ['department', 'hazard', 'colour', 'next', 'turnsAt', 'statedAt', 'told'],
  }),
  declare(weatherByHand, {
    holds: 'colours that a coordinator set by hand',
    kept: 'until taken back',
    mine: null,
    plain: ['territoryId', 'department', 'hazard', 'colour', 'setAt'],
  }),
];
