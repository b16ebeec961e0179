import { findCommune } from '@palier/places-data';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** The account of someone who is not a resident; residents have their profile. */
export const load: PageServerLoad = ({ locals }) => {
  if (!locals.me) redirect(303, '/connexion?back=%2Fcompte');
  if (locals.me.account.eraseAt) redirect(303, '/depart');
  if (locals.me.resident) redirect(303, '/moi');
  const roles = locals.me.roles.map((grant) =>
    grant.role === 'officer' ? { ...grant, commune: findCommune(grant.commune)?.name ?? grant.commune } : grant,
  );
  return { me: locals.me, roles };
};
