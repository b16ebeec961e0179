import { z } from 'zod';

/** What waits for a referent before neighbours see it: every post, what screening holds (the default), or nothing but what screening holds once neighbours report it. */
export const ResidenceMode = z.enum(['moderated', 'screened', 'open']);
export type ResidenceMode = z.infer<typeof ResidenceMode>;

/** How long a residence may lack a referent's answer, as a territory's page shows it, in ms: 48 h, after which a queue starves (issue 5, Moderate). */
export const starvingAfterMs = 48 * 3_600_000;
