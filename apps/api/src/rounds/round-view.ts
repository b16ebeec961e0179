import type { RoundView } from '@palier/domain/watch';
import type { Round } from './rounds.queries.ts';

/** A round in the form that whoever may hear of it reads. */
export const roundView = (round: Round, territory: string, mayClose: boolean): RoundView => ({
  id: round.id,
  territoryId: round.territoryId,
  territory,
  department: round.department,
  hazard: round.hazard,
  colour: round.colour,
  openedAt: round.openedAt.toISOString(),
  byWeather: round.openedBy === null,
  mayClose,
});
