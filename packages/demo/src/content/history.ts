import type { Category, PostKind } from '@palier/domain/posts';
import { type HistoryTemplate, historyTemplates, type Season } from './history-templates.ts';
import { demoResidents } from './people.ts';
import { mulberry32 } from './random.ts';
import { residences } from './residences.ts';
import type { DemoResident } from './types.ts';

/** One post of a closed month and what became of it: `day` 1–28 of its month, `helper` the resident who gave, `minutes` given when done. */
export type HistoryRecord = {
  monthsAgo: number;
  day: number;
  insee: string;
  author: number;
  category: Category;
  kind: PostKind;
  title: string;
  /** Who answered: the helper of a request, the beneficiary of an offer; null when nobody did. */
  answeredBy: number | null;
  /** Who gave: `answeredBy` for a request, the author for an offer that was taken; null when nobody answered. */
  helper: number | null;
  minutes: number | null;
  outcome: 'done' | 'withdrawn' | 'expired';
};

/** Posts a month for a hundred residents in place, before season and habit. */
const postsPerHundred = 85;

/** How lively each calendar month is, January first: quieter in the heart of winter and in August, when many are away. */
const liveliness: readonly number[] = [0.85, 0.8, 0.95, 1.05, 1.15, 1.2, 0.95, 0.75, 1.2, 1.1, 0.95, 1.05];

/** What people ask each other most: how many times as often as the rest each is drawn, so that a town hall has some to read about. */
const habits: Partial<Record<Category, number>> = { errands: 9, repair: 7, transport: 4, digital: 3 };

/** The season of a calendar month (1–12). */
const seasonOf = (month: number): Season =>
  month === 12 || month <= 2 ? 'winter' : month <= 5 ? 'spring' : month <= 8 ? 'summer' : 'autumn';

const communeOf = new Map(residences.map((residence): [string, string] => [residence.key, residence.insee]));

const pick = <T>(items: readonly T[], random: () => number): T | undefined =>
  items[Math.floor(random() * items.length)];

/** Some neighbours answer more than others: a trusted one is drawn twice as often. */
const drawHelper = (
  author: DemoResident,
  neighbours: readonly DemoResident[],
  random: () => number,
): DemoResident | undefined => {
  const others = neighbours.filter((one) => one.number !== author.number);
  const near = others.filter((one) => one.residence === author.residence);
  const circle = near.length > 0 && random() < 0.6 ? near : others;
  return pick([...circle, ...circle.filter((one) => one.trust === 'trusted')], random);
};

const recordOf = (
  template: HistoryTemplate,
  monthsAgo: number,
  insee: string,
  author: DemoResident,
  other: DemoResident | undefined,
  random: () => number,
): HistoryRecord => {
  const [kind, category, , usual, title] = template;
  const fate = random();
  const answered = other !== undefined && fate < 0.81;
  const outcome = answered ? (fate < 0.76 ? 'done' : 'withdrawn') : fate < 0.93 ? 'withdrawn' : 'expired';
  const answeredBy = answered ? other.number : null;
  return {
    monthsAgo,
    day: 1 + Math.floor(random() * 28),
    insee,
    author: author.number,
    category,
    kind,
    title,
    answeredBy,
    helper: answered && kind === 'offer' ? author.number : answeredBy,
    minutes: outcome === 'done' ? Math.max(5, 5 * Math.round((usual * (0.6 + 0.8 * random())) / 5)) : null,
    outcome,
  };
};

/**
 * The posts of the twelve closed months before today, oldest month first, by commune; only residents who had already joined appear.
 * @param seed any whole number; the same seed gives the same records
 * @param lastMonth calendar month (1–12) of the newest closed month, which sets the seasons
 */
export const historyOf = (seed: number, lastMonth: number): readonly HistoryRecord[] => {
  const random = mulberry32(seed);
  const communes = [...new Set(residences.map((residence) => residence.insee))];
  const records: HistoryRecord[] = [];
  for (let monthsAgo = 12; monthsAgo >= 1; monthsAgo--) {
    const month = ((lastMonth - monthsAgo + 12) % 12) + 1;
    const fitting = historyTemplates
      .filter(([, , when]) => when === 'all' || when === seasonOf(month))
      .flatMap((template) => Array.from({ length: habits[template[1]] ?? 1 }, () => template));
    for (const insee of communes) {
      const present = demoResidents.filter(
        (one) => communeOf.get(one.residence) === insee && one.joinedDaysAgo > (monthsAgo + 1) * 31,
      );
      const habit = 0.7 + (0.6 * (12 - monthsAgo)) / 11;
      const expected = (present.length * postsPerHundred * habit * (liveliness[month - 1] ?? 1)) / 100;
      const count = Math.floor(expected + random());
      for (let n = 0; n < count; n++) {
        const author = pick(present, random);
        const template = pick(fitting, random);
        if (author && template) {
          records.push(recordOf(template, monthsAgo, insee, author, drawHelper(author, present, random), random));
        }
      }
    }
  }
  return records;
};
