import { residentsAround } from './people/around.ts';
import { residentsOfGex } from './people/gex.ts';
import type { DemoResident } from './types.ts';

/** The address of a resident's demo account, from their number (1–220). */
export const residentEmail = (number: number): string => `resident-${String(number).padStart(3, '0')}@demo.palier.test`;

/** The 220 residents in the order of their numbers: `demoResidents[0]` is resident 001. */
export const demoResidents: readonly DemoResident[] = [...residentsOfGex, ...residentsAround].map(
  ([number, displayName, residence, stair, floor, skills, trust, joinedDaysAgo, locale = 'fr']) => ({
    number,
    email: residentEmail(number),
    displayName,
    residence,
    stair,
    floor,
    skills,
    locale,
    trust,
    joinedDaysAgo,
  }),
);
