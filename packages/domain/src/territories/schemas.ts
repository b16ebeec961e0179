import { z } from 'zod';
import { Email } from '../accounts/email.ts';
import { DisplayName } from '../accounts/schemas.ts';
import { Point } from '../places/schemas.ts';
import { ResidenceLine } from '../residences/views.ts';
import { importLimits, LineFault } from './import-csv.ts';

/** The body of `POST /api/territories/:territoryId/residences`. The point is where the building stands; it goes to its own table. */
export const OpenResidence = z.strictObject({
  name: DisplayName,
  address: z.string().trim().min(3).max(200),
  commune: z.string().length(5),
  homes: z.int().min(1).max(5000),
  stairs: z.array(DisplayName).max(40).default([]),
  point: Point,
});
export type OpenResidence = z.infer<typeof OpenResidence>;

/** The body of `POST /api/territories/:territoryId/imports`: the file's bytes in base 64; nothing is opened while `dryRun`. */
export const ImportResidences = z.strictObject({
  file: z.base64().max(Math.ceil(importLimits.bytesMax / 3) * 4),
  dryRun: z.boolean(),
});
export type ImportResidences = z.infer<typeof ImportResidences>;

/** What an import did, or would do: line by line. */
export const ImportReport = z.strictObject({
  opened: z.int(),
  known: z.int(),
  wrong: z.int(),
  lines: z.array(
    z.strictObject({
      line: z.int(),
      name: z.string(),
      outcome: z.enum(['opened', 'known', 'wrong']),
      faults: z.array(LineFault),
    }),
  ),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** A territory as its coordinator reads it. */
export const TerritoryView = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  residents: z.int(),
  starving: z.int(),
  residences: z.array(ResidenceLine),
});
export type TerritoryView = z.infer<typeof TerritoryView>;

/** The body of `POST /api/residences/:residenceId/referents`: whose account. */
export const NameReferent = z.strictObject({ email: Email });

/** An address that the French geocoder found; `pin` is its public point, `latitude longitude` in degrees. */
export const FoundAddress = z.strictObject({ label: z.string(), commune: z.string(), pin: z.string() });
/** What `GET /api/geocoding` answers: `away` when the geocoder cannot be asked, so that the pin is placed by hand. */
export const FoundAddresses = z.strictObject({
  state: z.enum(['found', 'away', 'busy']),
  items: z.array(FoundAddress),
});
export type FoundAddresses = z.infer<typeof FoundAddresses>;
