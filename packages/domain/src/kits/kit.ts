import { z } from 'zod';
import { Locale } from '../accounts/index.ts';
import { Audience, Category, PostKind } from '../posts/index.ts';
import { WeatherHazard } from '../weather/index.ts';
import { KitPaper } from './papers.ts';

/** The events that a kit is written for; the same word in a path, a file and a row. */
export const KitSlug = z.enum([
  'heatwave',
  'great-cold',
  'epidemic',
  'transport-strike',
  'power-cut',
  'flood',
  'summer-of-neighbours',
  'digital-neighbours',
  'neighbours-day',
]);
export type KitSlug = z.infer<typeof KitSlug>;

/** Whom to call first in France, in this order: 15 (Samu), 18 (fire brigade), 112 (Europe), 114 (by text message, for people who cannot hear or speak). Source: ARCEP's list of emergency numbers. */
export const kitEmergencyNumbers = ['15', '18', '112', '114'] as const;

const line = z.string().min(3).max(400);
const lines = z.array(line).min(3).max(12);

/** Something to do that a resident makes a post of in one tap. */
export const KitTask = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  kind: PostKind,
  category: Category,
  title: z.string().min(3).max(120),
  details: z.string().min(3).max(600),
  audience: Audience,
  helpersNeeded: z.int().min(1).max(10).optional(),
});
export type KitTask = z.infer<typeof KitTask>;

/** The kit's task of kind round: a coordinator opens the watch's rounds against this hazard in one tap. */
export const KitRound = KitTask.pick({ id: true, title: true, details: true }).extend({
  kind: z.literal('round'),
  hazard: WeatherHazard,
});
export type KitRound = z.infer<typeof KitRound>;

const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);

/** The parts of a kit's guide. */
export const KitPart = z.enum(['before', 'during', 'after']);
export type KitPart = z.infer<typeof KitPart>;

/** Where facts were read: who published the page and its title, its address (the front page where the page itself is not known), its date if it has one, the day it was read, the parts of the guide that its facts stand behind, and the facts in our words. */
export const KitSource = z.strictObject({
  name: z.string().min(3).max(160),
  url: z
    .string()
    .regex(/^https:\/\/[\w.-]+\/\S*$/)
    .max(200),
  published: day.optional(),
  read: day,
  backs: z.array(KitPart),
  facts: z.array(line).min(1),
});
export type KitSource = z.infer<typeof KitSource>;

/** The sources that stand behind a part of a guide, by their place in the kit's list, from 1; none when that part is practical advice of neighbours alone. */
export const sourcesBehind = (part: KitPart, sources: readonly Pick<KitSource, 'backs'>[]): number[] =>
  sources.flatMap(({ backs }, n) => (backs.includes(part) ? [n + 1] : []));

/** A number to call that is no emergency number, with what it is for. */
const Contact = z.strictObject({ number: z.string().regex(/^0 800( \d{2}){3}$/), label: line });

/** A kit in one language: what it says before, during and after, its papers, its tasks, and where each fact comes from. */
export const Kit = z.strictObject({
  slug: KitSlug,
  locale: Locale,
  title: z.string().min(3).max(60),
  summary: z.string().min(20).max(240),
  updatedOn: z.iso.date(),
  emergency: z.array(z.string()),
  contacts: z.array(Contact),
  tasks: z.array(KitTask).min(3).max(8),
  round: KitRound.optional(),
  sources: z.array(KitSource).min(1),
  before: lines,
  during: lines,
  after: lines,
  poster: z.strictObject({ title: z.string().min(3).max(60), lead: line, lines: z.array(line).min(3).max(7) }),
  slip: z.strictObject({
    title: z.string().min(3).max(60),
    lines: z.array(line).min(1).max(4),
    /** What is written by hand on its three lines, where it is not a first name, a floor and a telephone. */
    fields: z.array(z.string().min(2).max(12)).length(3).optional(),
  }),
  turns: z.strictObject({ lead: line, lines: z.array(line).min(2).max(5) }),
  checklist: z.array(line).min(6).max(16),
});
export type Kit = z.infer<typeof Kit>;

/** A kit in the list. */
export const KitCard = Kit.pick({ slug: true, title: true, summary: true }).extend({ downloads: z.int().min(0) });
export type KitCard = z.infer<typeof KitCard>;

/** A kit as its page reads it, with how often its papers were taken and where they are. */
export const KitView = Kit.extend({
  downloads: z.int().min(0),
  papers: z.array(z.strictObject({ paper: KitPaper, href: z.string() })),
});
export type KitView = z.infer<typeof KitView>;
