import { error, redirect } from '@sveltejs/kit';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { hasDesk } from '#lib/desk/has-desk.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => {
  if (locals.isApiDown) error(503, { message: sentenceOf('overloaded') });
  if (!locals.me) redirect(303, `/connexion?back=${encodeURIComponent(url.pathname + url.search)}`);
  if (!hasDesk(locals.me)) error(403, { message: sentenceOf('role.required') });
  return { me: locals.me };
};
