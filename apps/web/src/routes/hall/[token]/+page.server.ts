import type { HallScreenView } from '@palier/domain/offline';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

const perPage = 4;
const turnMs = 15_000;

/** A lobby's screen may be an old television: the page is whole without scripts, and one small file keeps it fresh. */
export const load: PageServerLoad = async ({ params, url, fetch, setHeaders, locals }) => {
  locals.mayCompress = false; // the address is a secret, and is repeated by the page
  setHeaders({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store' });
  const path = `/api/hall/${encodeURIComponent(params.token)}`;
  const { now, timeZone, posts } = await forPage(url, apiFor(fetch).get<HallScreenView>(path));
  const pages = Math.max(1, Math.ceil(posts.length / perPage));
  const page = Math.floor(Date.parse(now) / turnMs) % pages;
  return { now, timeZone, posts: posts.slice(page * perPage, (page + 1) * perPage), page: page + 1, pages };
};
