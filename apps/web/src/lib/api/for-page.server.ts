import { error, redirect } from '@sveltejs/kit';
import { ApiProblem } from './api-for.ts';
import { sentenceOf } from './sentences.server.ts';

/**
 * What a page's `load` reads, with the API's refusals turned into pages: to the sign-in page and back when the session is
 * over, to the second factor and back when the desk asks for it, else the error page with the refusal's status and sentence.
 */
export const forPage = async <T>(url: URL, reading: Promise<T>): Promise<T> => {
  try {
    return await reading;
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem;
    if (problem.status === 401) redirect(303, `/connexion?back=${encodeURIComponent(url.pathname + url.search)}`);
    if (problem.code === 'factor.required' || problem.code === 'factor.missing')
      redirect(303, `/compte/second-facteur?back=${encodeURIComponent(url.pathname + url.search)}`);
    error(problem.status, { message: sentenceOf(problem.code) });
  }
};
