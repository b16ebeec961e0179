import { z } from 'zod';
import { InstantOut } from '../posts/schemas.ts';

/** Somebody whom I chose to meet no more, and since when; nobody else is told of it. */
export const BlockView = z.strictObject({ residentId: z.uuid(), displayName: z.string(), since: InstantOut });
export type BlockView = z.infer<typeof BlockView>;
