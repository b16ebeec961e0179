import { z } from 'zod';
import { DepartmentCode, graver, WeatherColour, WeatherHazard } from './colours.ts';

/** What a bulletin says of one stretch of time: the colour of each department it speaks of, for each hazard. A department that is not there is not spoken of, which is not green. */
export type BulletinPeriod = {
  readonly from: Date;
  readonly until: Date;
  readonly colours: Readonly<Record<WeatherHazard, ReadonlyMap<string, WeatherColour>>>;
};

/** A bulletin of the vigilance map: when it was issued, and its stretches of time in their order (today, then tomorrow). */
export type Bulletin = { readonly issuedAt: Date; readonly periods: readonly [BulletinPeriod, ...BulletinPeriod[]] };

const phenomena = { heat: '6', cold: '7' } as const satisfies Record<WeatherHazard, string>;

const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** A number, or the same as text: the source writes both. */
const ColourId = z.union([z.int(), z.string().regex(/^[1-4]$/)]).transform(Number);
const Item = z.object({ phenomenon_id: z.union([z.string(), z.int().transform(String)]) });
const OurItem = Item.extend({ phenomenon_max_color_id: ColourId.pipe(z.int().min(1).max(4)) });
const Domain = z.object({ domain_id: z.string(), phenomenon_items: z.array(z.unknown()).max(50).default([]) });
const Period = z.object({
  begin_validity_time: Instant,
  end_validity_time: Instant,
  timelaps: z.object({ domain_ids: z.array(Domain).max(2_000) }),
});
const Body = z.object({ product: z.object({ update_time: Instant, periods: z.array(Period).min(1).max(10) }) });

type Colours = Record<WeatherHazard, Map<string, WeatherColour>>;

/** Adds what one domain says of heat and cold; false when a colour of theirs cannot be read. */
const addDomain = (colours: Colours, { domain_id: department, phenomenon_items }: z.infer<typeof Domain>): boolean =>
  phenomenon_items.every((raw) => {
    const item = Item.safeParse(raw);
    if (!item.success) return false;
    const hazard = WeatherHazard.options.find((each) => phenomena[each] === item.data.phenomenon_id);
    if (!hazard) return true;
    const ours = OurItem.safeParse(raw);
    if (!ours.success) return false;
    const colour = WeatherColour.options[ours.data.phenomenon_max_color_id - 1] as WeatherColour;
    colours[hazard].set(department, graver(colours[hazard].get(department), colour));
    return true;
  });

/**
 * Reads a body of Météo-France's vigilance map (form V6, `product.periods[]`): heat is phenomenon 6 alone and cold 7, never a department's overall colour; a phenomenon that is absent is out of season, neither green nor an error.
 * Departments only: coastal strips, regions and FRA are left out. Null when it is not such a body, when it speaks of no department, or when a colour of heat or cold cannot be read: what was known before then stays.
 */
export const readBulletin = (body: unknown): Bulletin | null => {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return null;
  const { update_time: issuedAt, periods } = parsed.data.product;
  const read: BulletinPeriod[] = [];
  for (const { begin_validity_time: from, end_validity_time: until, timelaps } of periods) {
    const colours: Colours = { heat: new Map(), cold: new Map() };
    const departments = timelaps.domain_ids.filter(({ domain_id }) => DepartmentCode.safeParse(domain_id).success);
    if (departments.length === 0 || until <= from) return null;
    if (!departments.every((domain) => addDomain(colours, domain))) return null;
    read.push({ from, until, colours });
  }
  const [first, ...later] = read.sort((a, b) => a.from.getTime() - b.from.getTime());
  return first ? { issuedAt, periods: [first, ...later] } : null;
};
