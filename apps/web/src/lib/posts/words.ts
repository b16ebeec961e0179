import type { Audience, Category, Nearness, PostKind } from '@palier/domain/posts';
import { m } from '@palier/messages';

type Sentence = () => string;

/** The word of each category, in the page's language. */
export const categoryWords: Readonly<Record<Category, Sentence>> = {
  errands: m.posts_category_errands,
  'heat-check': m.posts_category_heat_check,
  repair: m.posts_category_repair,
  'heavy-lifting': m.posts_category_heavy_lifting,
  transport: m.posts_category_transport,
  digital: m.posts_category_digital,
  paperwork: m.posts_category_paperwork,
  company: m.posts_category_company,
  childcare: m.posts_category_childcare,
  schoolwork: m.posts_category_schoolwork,
  pets: m.posts_category_pets,
  garden: m.posts_category_garden,
  lending: m.posts_category_lending,
  cooking: m.posts_category_cooking,
  sewing: m.posts_category_sewing,
  other: m.posts_category_other,
};

/** The categories in their order, without loading their schema in the browser. */
export const categories = Object.keys(categoryWords) as Category[];

export const kindWords: Readonly<Record<PostKind, Sentence>> = {
  request: m.posts_kind_request,
  offer: m.posts_kind_offer,
};

/** What the one button of a post says it does. */
export const actWords: Readonly<Record<PostKind, Sentence>> = {
  request: m.posts_act_request,
  offer: m.posts_act_offer,
};

/** How near, inside a sentence. */
export const nearWords: Readonly<Record<Nearness, Sentence>> = {
  'same-stair': m.posts_near_same_stair,
  'same-residence': m.posts_near_same_residence,
  'within-250': m.posts_near_within_250,
  'within-500': m.posts_near_within_500,
  'within-1000': m.posts_near_within_1000,
  'within-2000': m.posts_near_within_2000,
  'within-5000': m.posts_near_within_5000,
  farther: m.posts_near_farther,
};

/** Whoever may see a post, as its author chooses it. */
export const audienceWords: Readonly<Record<Audience, Sentence>> = {
  stair: m.posts_audience_stair,
  residence: m.posts_audience_residence,
  neighbourhood: m.posts_audience_neighbourhood,
  commune: m.posts_audience_commune,
};

/** Whoever may see a post, as a remark on it. */
export const seenWords: Readonly<Record<Audience, Sentence>> = {
  stair: m.posts_seen_stair,
  residence: m.posts_seen_residence,
  neighbourhood: m.posts_seen_neighbourhood,
  commune: m.posts_seen_commune,
};
