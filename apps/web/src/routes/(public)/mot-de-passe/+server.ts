import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The address that a mail prints, short; with its secret it leads to the new password, without it to asking for a link. */
export const GET: RequestHandler = ({ url }) => {
  const token = url.searchParams.get('token');
  redirect(303, token ? `/mot-de-passe/nouveau?token=${encodeURIComponent(token)}` : '/mot-de-passe/oublie');
};
