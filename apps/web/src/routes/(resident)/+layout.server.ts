import { error, redirect } from '@sveltejs/kit';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { homeOf } from '#lib/desk/has-desk.ts';
import { isTheirs } from '#lib/offline/acting.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => {
  if (locals.isApiDown) error(503, { message: sentenceOf('overloaded') });
  if (!locals.me) redirect(303, `/connexion?back=${encodeURIComponent(url.pathname + url.search)}`);
  if (locals.me.account.eraseAt) redirect(303, '/depart');
  if (locals.acting && !isTheirs(url.pathname)) redirect(303, '/bureau/sans-internet?occupe');
  if (!locals.me.resident && url.pathname === '/autour') redirect(303, homeOf(locals.me));
  if (!locals.me.resident && url.pathname === '/moi') redirect(303, '/compte');
  if (!locals.me.resident) error(403, { message: sentenceOf('role.required') });
  return { resident: locals.me.resident };
};
