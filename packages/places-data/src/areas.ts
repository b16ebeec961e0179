import { lazily, readRows } from './read-data.ts';

export type Department = { code: string; name: string; region: string; seat: string };
export type Region = { code: string; name: string; seat: string };

/** The 109 departments and collectivities overseas by code (text: `01`, `2A`, `974`), with the INSEE code of their seat. */
export const listDepartments = lazily((): readonly Department[] =>
  readRows('departements.csv').map(([code = '', name = '', region = '', seat = '']) => ({ code, name, region, seat })),
);

/** The 26 regions and collectivities overseas by code, with the INSEE code of their seat. */
export const listRegions = lazily((): readonly Region[] =>
  readRows('regions.csv').map(([code = '', name = '', seat = '']) => ({ code, name, seat })),
);
