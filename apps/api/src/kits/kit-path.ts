import { KitSlug } from '@palier/domain/kits';
import { z } from 'zod';
import { orAbsent } from '../errors.ts';

export const KitPath = z.strictObject({ slug: z.string().min(1).max(60) });

/** The kit that a path names. Code: `resource.absent`. */
export const slugOf = ({ slug }: z.infer<typeof KitPath>): KitSlug => orAbsent(KitSlug.safeParse(slug).data);

export const CommunePath = z.strictObject({ insee: z.string().regex(/^\d[\dAB]\d{3}$/) });
