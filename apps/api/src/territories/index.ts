import fp from 'fastify-plugin';
import { coordinatorsOnly } from '../plugins/scopes.ts';
import { importResidencesRoute } from './import-residences.ts';
import { nameReferentRoute, retireReferentRoute } from './name-referent.ts';
import { openResidenceRoute } from './open-residence.ts';
import { readTerritoriesRoute } from './read-territories.ts';
import { searchAddressesRoute } from './search-addresses.ts';

export { TerritoryId, territoryInCharge } from './in-charge.ts';
export { canStandIn } from './standing-place.ts';
export { findAccountByEmail } from './territories.queries.ts';

export const territoriesRoutes = fp(async (app) => {
  await app.register(
    coordinatorsOnly(
      readTerritoriesRoute,
      openResidenceRoute,
      importResidencesRoute,
      nameReferentRoute,
      retireReferentRoute,
      searchAddressesRoute,
    ),
  );
});
