import { errorCodes } from '@palier/domain/errors';
import { z } from 'zod';

/** The body of every refusal (RFC 9457), as the one handler renders it; `numbers` and `kinds` come with `post.emergency` alone. */
const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(errorCodes),
  detail: z.string().optional(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  numbers: z.array(z.string()).optional(),
  kinds: z.array(z.string()).optional(),
});

type Refusals<S extends number> = { [K in S]: typeof Problem };

/** The refusals a route declares beside its answers, by status; those that any route may give (400, 401, 403, 429, 503) need no mention. */
export const refusals = <S extends number = never>(...statuses: S[]) =>
  Object.fromEntries([400, 401, 403, 429, 503, ...statuses].map((status) => [status, Problem])) as Refusals<
    S | 400 | 401 | 403 | 429 | 503
  >;
