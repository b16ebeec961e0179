export { type Department, listDepartments, listRegions, type Region } from './areas.ts';
export { type Commune, findCommune, listCommunes } from './communes.ts';
export { communeOutline, departmentOutline, type Outline } from './outlines.ts';
export { searchCommunes } from './search-communes.ts';
