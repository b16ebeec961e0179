import { error, redirect } from '@sveltejs/kit';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { RequestHandler } from './$types';

/** Signs out, by a plain form that needs no script. */
export const POST: RequestHandler = async ({ fetch }) => {
  await apiFor(fetch)
    .delete('/api/session')
    .catch((problem: unknown) => {
      if (!(problem instanceof ApiProblem)) throw problem;
      error(problem.status, { message: sentenceOf(problem.code) });
    });
  redirect(303, '/connexion?parti=1');
};

/** An address typed by hand leads where the button is. */
export const GET: RequestHandler = () => redirect(303, '/moi');
