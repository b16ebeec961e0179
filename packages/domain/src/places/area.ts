import { cellToParent } from 'h3-js';
import type { Cell } from './schemas.ts';

/** The H3 resolution of an area: about 250 km², coarser than any public cell. */
const areaResolution = 5;

/** The area, some 18 km across, that a public cell lies in: an H3 index of resolution 5. What processes shard by; it says less of a place than its public cell does. */
export const areaOf = (cell: Cell): string => cellToParent(cell, areaResolution);
