import type { FavourView } from '@palier/domain/favours';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { PostDetail, SeriesView } from '@palier/domain/posts';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { gesturesOf } from '#lib/favours/gestures.ts';
import { chooseView, viewOf } from '#lib/favours/views.ts';
import type { Actions, PageServerLoad } from './$types';
import { gesture } from './gesture.server.ts';

type Page<T> = { items: T[]; next: string | null };
const none = { items: [], next: null };

const withGestures = (favour: FavourView) => ({ ...favour, gestures: gesturesOf(favour) });

export const load: PageServerLoad = async ({ fetch, url, parent, depends }) => {
  depends('palier:favours');
  const { resident } = await parent();
  const api = apiFor(fetch);
  const living = api.read<Page<FavourView>>('/api/favours', { live: 'true', limit: 100 });
  const { body, seq } = await forPage(url, living);
  const view = chooseView(url.searchParams.get('vue'), body.items);
  const older = url.searchParams.get('suite');
  const isWaiting = view === 'en-attente';

  const side = view === 'donnes' ? 'helper' : 'beneficiary';
  const ended = isWaiting
    ? none
    : api.get<Page<FavourView>>('/api/favours', { side, live: 'false', cursor: older, limit: 10 });
  const own = isWaiting
    ? api.get<Page<PostDetail>>('/api/me/posts', { live: 'true', answered: 'false', limit: 100 })
    : none;
  const repeated = older ? none : api.getAll<{ items: SeriesView[] }>('/api/series');
  const [past, posts, series] = await forPage(url, Promise.all([ended, own, repeated]));

  return {
    view,
    seq,
    timeZone: timeZoneOfCommune(resident.residence.commune),
    isOlder: older !== null,
    live: older ? [] : body.items.filter((favour) => viewOf(favour) === view).map(withGestures),
    past: past.items.filter((favour) => viewOf(favour) === view).map(withGestures),
    next: past.next,
    coming: older ? [] : body.items,
    series: series.items,
    ownPosts: posts.items,
  };
};

export const actions: Actions = {
  done: gesture('done'),
  thank: gesture('thank'),
  withdraw: gesture('withdraw'),
  decline: gesture('decline'),
  'no-show': gesture('no-show'),
  excuse: gesture('excuse'),
};
