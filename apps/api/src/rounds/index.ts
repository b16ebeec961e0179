import fp from 'fastify-plugin';
import { coordinatorsOnly, readersOnly, referentsOnly, watchersOnly } from '../plugins/scopes.ts';
import { claimCheckRoute } from './claim-check.ts';
import { enterResultsRoute } from './enter-results.ts';
import { alarmRoutes } from './follow-alarm.ts';
import { openNeedRoute } from './open-need.ts';
import { openRoundRoute, readRoundsRoute } from './open-round.ts';
import { readBoardRoute } from './read-board.ts';
import { readVisitsRoute } from './read-visits.ts';
import { giveBackRoute, tellOutcomeRoute } from './tell-outcome.ts';

export { openRound, readRounds } from './open-round.ts';
export { communeCoverage, watchInSpans } from './read-coverage.ts';
export { tendDemo } from './tend-demo.ts';
export { tickRounds } from './tick-rounds.ts';

export const roundsRoutes = fp(async (app) => {
  await app.register(watchersOnly(readVisitsRoute, claimCheckRoute, tellOutcomeRoute, giveBackRoute, openNeedRoute));
  await app.register(readersOnly(readBoardRoute, enterResultsRoute, alarmRoutes));
  await app.register(referentsOnly(readRoundsRoute));
  await app.register(coordinatorsOnly(openRoundRoute));
});
