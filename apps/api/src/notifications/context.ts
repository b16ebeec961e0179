import type { Deps } from '../context.ts';
import type { Mailer } from './mailer.ts';

/** What sending a mail needs of the process. */
export type MailContext = Pick<Deps, 'db' | 'env' | 'keys' | 'clock'> & { mailer: Mailer };
