import fp from 'fastify-plugin';
import { referentsOnly, residentsOnly, signedInOnly } from '../plugins/scopes.ts';
import { appealDecisionRoute, readDecisionRoute } from './appeal-decision.ts';
import { blockResidentRoute } from './block-resident.ts';
import { decideCaseRoute } from './decide-case.ts';
import { declareKinRoute } from './declare-kin.ts';
import { listAuditRoute } from './list-audit.ts';
import { listBlocksRoute } from './list-blocks.ts';
import { listCasesRoute } from './list-cases.ts';
import { lookAtCaseRoute } from './look-at-case.ts';
import { readCaseRoute } from './read-case.ts';
import { reportRoute } from './report.ts';
import { unblockResidentRoute } from './unblock-resident.ts';

export { closeArrival, openArrival, vouchesGiven } from './arrivals.queries.ts';
export { countWaiting } from './cases.queries.ts';
export { changeTrust } from './change-trust.ts';
export { deskOf, isOwnCase } from './desk-scope.ts';
export { CaseTurn, tellOfCase } from './tell-of-case.ts';
export { tickCases } from './tick-cases.ts';

export const moderationRoutes = fp(async (app) => {
  await app.register(residentsOnly(blockResidentRoute, unblockResidentRoute, listBlocksRoute, reportRoute));
  await app.register(signedInOnly(readDecisionRoute, appealDecisionRoute));
  await app.register(
    referentsOnly(listCasesRoute, readCaseRoute, lookAtCaseRoute, decideCaseRoute, declareKinRoute, listAuditRoute),
  );
});
