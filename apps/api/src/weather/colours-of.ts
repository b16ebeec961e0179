import type { Database, Transaction } from '@palier/db';
import type { ColourNow } from '@palier/domain/insights';
import {
  colourAt,
  departmentOfCommune,
  graver,
  standingOf,
  type WeatherColour,
  WeatherHazard,
} from '@palier/domain/weather';
import { findSource, listHandsOn, listStatements } from './weather.queries.ts';

/** The colours known now where a commune is: those of the source, or the gravest that its territories' coordinators set by hand; a hazard out of season is not there. */
export const coloursOf = async (db: Database | Transaction, insee: string, now: Date): Promise<ColourNow[]> => {
  const department = departmentOfCommune(insee);
  const issuedAt = (await findSource(db))?.issuedAt ?? null;
  const statements = issuedAt ? (await listStatements(db)).filter((one) => one.department === department) : [];
  const hands = await listHandsOn(db, insee, department);
  return WeatherHazard.options.flatMap((hazard): ColourNow[] => {
    const byHand = hands
      .filter((one) => one.hazard === hazard)
      .reduce<WeatherColour | undefined>((worst, { colour }) => graver(worst, colour), undefined);
    if (byHand) return [{ hazard, colour: byHand, isByHand: true }];
    const stated = statements.find((one) => one.hazard === hazard);
    if (!stated || !issuedAt || standingOf(stated, issuedAt, now) === 'unwatched') return [];
    return [{ hazard, colour: colourAt(stated, now), isByHand: false }];
  });
};
