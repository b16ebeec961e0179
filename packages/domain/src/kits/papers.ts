import { z } from 'zod';

/** What can be taken from a kit as PDF: everything at once, or one paper. */
export const KitPaper = z.enum(['kit', 'poster', 'slips', 'turns', 'checklist']);
export type KitPaper = z.infer<typeof KitPaper>;
