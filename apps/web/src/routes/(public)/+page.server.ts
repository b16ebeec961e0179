import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  // Whoever opens the installed app or types the bare address while signed in wants their neighbours, not the presentation.
  if (locals.me?.resident && !url.searchParams.has('presentation')) redirect(303, '/autour');
};
