import { error, redirect } from '@sveltejs/kit';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { LayoutServerLoad } from './$types';

/** Pages of an account, whoever owns it: a resident, the staff, or someone who asked to leave. */
export const load: LayoutServerLoad = ({ locals, url }) => {
  if (locals.isApiDown) error(503, { message: sentenceOf('overloaded') });
  if (!locals.me) redirect(303, `/connexion?back=${encodeURIComponent(url.pathname + url.search)}`);
  return { me: locals.me };
};
