import { describe, expect, test } from 'vitest';
import { attackOf, type Equation } from './attack.ts';
import { type Figure, hidden, shown } from './figures.ts';
import type { IndicatorId } from './indicators.ts';
import { dayInDigits, periodOf } from './period.ts';
import type { Release, ReleasedIndicator } from './schemas.ts';

type Parts = { categories?: ReleasedIndicator['categories']; quarters?: ReleasedIndicator['quarters'] };
const told = (id: IndicatorId, figure: Figure, { categories = [], quarters = [] }: Parts = {}): ReleasedIndicator => ({
  ...{ id, figure, categories, quarters },
});
const release = (id: string, ...indicators: ReleasedIndicator[]): Release => {
  const { firstDay = 0, lastDay = 0 } = periodOf(id) ?? {};
  return {
    ...{ format: 1, commune: '01173', period: id, number: 1, timeZone: 'Europe/Paris', quarters: [], indicators },
    ...{ from: dayInDigits(firstDay), to: dayInDigits(lastDay) },
  };
};
/** An equation as one would write it: `0 ≤ a − 2 b ≤ 3`. */
const written = ({ terms, from, to }: Equation): string =>
  `${from} ≤ ${[...terms].map(([name, factor]) => (factor === 1 ? `+ ${name}` : factor === -1 ? `- ${name}` : `${factor} × ${name}`)).join(' ')} ≤ ${to}`;
const linesOf = (...releases: Release[]) => attackOf(releases).equations.map(written);
const people = (value: number) => shown(value, 'people');

describe('what an attacker writes down', () => {
  test('of people: all that round to what is published; of the rest, the number itself', () => {
    const lines = linesOf(
      release(
        '2026-W46',
        told('active', people(20)),
        told('newcomers', people(15)),
        told('offers', shown(31, 'posts')),
      ),
    );
    expect(lines).toContain('18 ≤ + active 2026-W46 ≤ 22');
    expect(lines).toContain('11 ≤ + newcomers 2026-W46 ≤ 17');
    expect(lines).toContain('31 ≤ + offers 2026-W46 ≤ 31');
  });

  test('of what is hidden: nothing but its name; of shares, minutes and campaigns, no count', () => {
    const { hiddenCells, equations } = attackOf([
      release('2026-W46', told('active', hidden('people')), told('campaigns', shown(2, 'campaigns'))),
    ]);
    expect(hiddenCells).toEqual(['active 2026-W46']);
    expect(equations.map(written).filter((line) => line.includes('campaigns') || line.includes('active'))).toEqual([]);
  });

  test('a whole is the sum of its categories, and of its quarters', () => {
    const lines = linesOf(
      release(
        '2026-W46',
        told('requests', shown(40, 'posts'), {
          categories: [
            { category: 'pets', figure: shown(25, 'posts') },
            { category: 'garden', figure: hidden('posts') },
          ],
          quarters: [
            { quarter: 'q1', figure: shown(13, 'posts') },
            { quarter: 'q2', figure: shown(27, 'posts') },
          ],
        }),
      ),
    );
    expect(lines).toContain('25 ≤ + requests 2026-W46 pets ≤ 25');
    expect(lines).toContain('27 ≤ + requests 2026-W46 q2 ≤ 27');
    expect(lines).toContain('0 ≤ + requests 2026-W46 - requests 2026-W46 pets - requests 2026-W46 garden ≤ 0');
    expect(lines).toContain('0 ≤ + requests 2026-W46 - requests 2026-W46 q1 - requests 2026-W46 q2 ≤ 0');
    expect(linesOf(release('2026-W46', told('offers', shown(40, 'posts'))))).toEqual([
      '40 ≤ + offers 2026-W46 ≤ 40',
      '0 ≤ + newcomers 2026-W46 - newcomers 2026-W46 in 2026-11 ≤ 0',
      '0 ≤ + requests 2026-W46 - requests 2026-W46 in 2026-11 ≤ 0',
      '0 ≤ + offers 2026-W46 - offers 2026-W46 in 2026-11 ≤ 0',
      '0 ≤ + favours 2026-W46 - favours 2026-W46 in 2026-11 ≤ 0',
    ]);
  });

  test('a week across two months is the sum of what lies in each', () => {
    expect(linesOf(release('2026-W40'))).toContain(
      '0 ≤ + offers 2026-W40 - offers 2026-W40 in 2026-09 - offers 2026-W40 in 2026-10 ≤ 0',
    );
  });

  test('a month is the sum of its weeks; who was active in it was so in one of them, and in a whole week of it', () => {
    const lines = linesOf(release('2026-11'));
    const weeks = ['2026-W44', '2026-W45', '2026-W46', '2026-W47', '2026-W48', '2026-W49'];
    expect(lines).toContain(
      `0 ≤ + favours 2026-11 ${weeks.map((week) => `- favours ${week} in 2026-11`).join(' ')} ≤ 0`,
    );
    expect(lines).toContain(`-Infinity ≤ + active 2026-11 ${weeks.map((week) => `- active ${week}`).join(' ')} ≤ 0`);
    const whole = weeks.filter((week) => lines.includes(`-Infinity ≤ + active ${week} - active 2026-11 ≤ 0`));
    expect(whole).toEqual(['2026-W45', '2026-W46', '2026-W47', '2026-W48']);
  });

  test('neighbours are those of the month before, with newcomers and without who left; the active are among them', () => {
    const lines = linesOf(release('2026-11'));
    expect(lines).toContain('0 ≤ + neighbours 2026-11 - neighbours 2026-10 - newcomers 2026-11 + left 2026-11 ≤ 0');
    expect(lines).toContain('-Infinity ≤ + active 2026-11 - neighbours 2026-11 - left 2026-11 ≤ 0');
    expect(lines).toContain('-Infinity ≤ + offline 2026-11 - active 2026-11 ≤ 0');
  });

  test('requests are answered or not, in all and by category; a share of 75 % is from 72.5 to 77.5', () => {
    const { hiddenCells, equations } = attackOf([
      release(
        '2026-11',
        told('answered', shown(75, 'percent')),
        told('unanswered', shown(20, 'posts'), {
          categories: [
            { category: 'pets', figure: shown(20, 'posts') },
            { category: 'garden', figure: hidden('posts') },
          ],
        }),
      ),
    ]);
    const lines = equations.map(written);
    expect(lines).toContain('0 ≤ + requests 2026-11 - yes 2026-11 - unanswered 2026-11 ≤ 0');
    expect(lines).toContain('0 ≤ + yes 2026-11 -0.725 × requests 2026-11 ≤ Infinity');
    expect(lines).toContain('-Infinity ≤ + yes 2026-11 -0.775 × requests 2026-11 ≤ 0');
    expect(lines).toContain('0 ≤ + requests 2026-11 pets - yes 2026-11 pets - unanswered 2026-11 pets ≤ 0');
    expect(lines).toContain('0 ≤ + yes 2026-11 - yes 2026-11 pets - yes 2026-11 garden ≤ 0');
    expect(hiddenCells).toEqual(['unanswered 2026-11 garden', 'yes 2026-11 garden']);
    expect(linesOf(release('2026-11', told('answered', hidden('percent')))).join()).not.toContain('×');
  });
});

describe('the board', () => {
  const seen = (week: string, value: number | null) =>
    attackOf([], [{ month: '2026-11', week, value }]).equations.map(written);

  test('tells of people within its step, or of fewer than fifteen', () => {
    expect(seen('2026-W46', 20)).toContain('20 ≤ + active 2026-11 until 2026-W46 ≤ 24');
    expect(seen('2026-W46', null)).toContain('0 ≤ + active 2026-11 until 2026-W46 ≤ 14');
  });

  test('they are among those of the month, and of its weeks so far, the whole ones of which are among them', () => {
    expect(seen('2026-W46', 20).slice(1)).toEqual([
      '-Infinity ≤ + active 2026-11 until 2026-W46 - active 2026-11 ≤ 0',
      '-Infinity ≤ + active 2026-11 until 2026-W46 - active 2026-W44 - active 2026-W45 - active 2026-W46 ≤ 0',
      '-Infinity ≤ + active 2026-W45 - active 2026-11 until 2026-W46 ≤ 0',
      '-Infinity ≤ + active 2026-W46 - active 2026-11 until 2026-W46 ≤ 0',
    ]);
  });

  test('says nothing of what is no period', () => {
    expect(seen('2027-W53', 20)).toEqual([]);
    expect(attackOf([release('2026-13', told('offers', shown(40, 'posts')))]).equations).toEqual([]);
    expect(attackOf([], [{ month: '2026-13', week: '2026-W46', value: 20 }]).equations).toEqual([]);
  });
});
