import fp from 'fastify-plugin';
import { referentsOnly, residentsOnly } from '../plugins/scopes.ts';
import { approveResidentRoute, doubtResidentRoute } from './approve-resident.ts';
import { editResidenceRoute } from './edit-residence.ts';
import { listNeighboursRoute } from './list-neighbours.ts';
import { listResidencesRoute } from './list-residences.ts';
import { endCodeRoute, listCodesRoute, makeCodesRoute } from './make-codes.ts';
import { printCodesRoute } from './print-codes.ts';
import { readMyResidenceRoute } from './read-my-residence.ts';
import { readResidenceRoute } from './read-residence.ts';
import { readWeekRoute } from './read-week.ts';
import { writeCharterRoute } from './write-charter.ts';
import { removeNoticeRoute, writeNoticeRoute } from './write-notice.ts';

export { actIn, careOf, ResidenceId, type ResidenceInCare, residenceInCare } from './in-care.ts';
export { listLines } from './residences.queries.ts';

export const residencesRoutes = fp(async (app) => {
  await app.register(residentsOnly(readMyResidenceRoute));
  await app.register(
    referentsOnly(
      listResidencesRoute,
      readResidenceRoute,
      editResidenceRoute,
      writeCharterRoute,
      writeNoticeRoute,
      removeNoticeRoute,
      listNeighboursRoute,
      approveResidentRoute,
      doubtResidentRoute,
      listCodesRoute,
      makeCodesRoute,
      endCodeRoute,
      printCodesRoute,
      readWeekRoute,
    ),
  );
});
