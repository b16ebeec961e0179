import { everyone } from '../plugins/scopes.ts';
import { searchCommunesRoute } from './search-communes.ts';

export { cellIndexOf } from './cell-index.ts';
export { communeName } from './commune-name.ts';
export { deriveCell } from './derive-cell.ts';
export const placesRoutes = everyone(searchCommunesRoute);
