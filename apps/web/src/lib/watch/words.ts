import type { CheckOutcome, CheckState, WatchEnding, WatchStep, Way } from '@palier/domain/watch';
import type { WeatherColour } from '@palier/domain/weather';
import { m } from '@palier/messages';
import { getLocale } from '@palier/messages/runtime';
import { peopleHour } from '#lib/ui/people-time.ts';

export const outcomeWords: Readonly<Record<CheckOutcome, () => string>> = {
  reached: m.rounds_reached,
  'needs-something': m.rounds_needs_something,
  'no-answer': m.rounds_no_answer,
  'emergency-called': m.rounds_emergency_called,
};
export const outcomes = Object.keys(outcomeWords) as CheckOutcome[];

export const stateWords: Readonly<Record<CheckState, () => string>> = {
  ...outcomeWords,
  due: m.rounds_state_due,
  claimed: m.rounds_state_claimed,
  'no-answer': m.rounds_state_no_answer,
  escalated: m.rounds_state_escalated,
  closed: m.rounds_state_closed,
  cancelled: m.rounds_state_cancelled,
};

export const wayWords: Readonly<Record<Way, () => string>> = {
  bell: m.rounds_way_bell,
  phone: m.rounds_way_phone,
  neighbour: m.rounds_way_neighbour,
};

export const stepWords: Readonly<Record<WatchStep, () => string>> = {
  'contact-called': m.rounds_step_contact_called,
  'door-tried': m.rounds_step_door_tried,
  'town-hall-called': m.rounds_step_town_hall_called,
  '15-called': m.rounds_step_15_called,
  '18-called': m.rounds_step_18_called,
};
export const steps = Object.keys(stepWords) as WatchStep[];

export const endingWords: Readonly<Record<WatchEnding, () => string>> = {
  reached: m.rounds_ending_reached,
  'emergency-called': m.rounds_ending_emergency_called,
  away: m.rounds_ending_away,
  mistake: m.rounds_ending_mistake,
};
export const endings = Object.keys(endingWords) as WatchEnding[];

export const paceWords: Readonly<Record<WeatherColour, () => string>> = {
  green: m.rounds_pace_green,
  yellow: m.rounds_pace_yellow,
  orange: m.rounds_pace_orange,
  red: m.rounds_pace_red,
};

type Door = { stair: string | null; residence: string; floor: number | null; door: string };

/** A stair by its name, `Escalier B`, unless its name says already what it is: `Entrée du parc`. */
export const stairWords = (name: string): string => (name.length > 3 ? name : m.accounts_me_stair({ stair: name }));

/** A residence and one of its stairs. */
export const entranceWords = ({ residence, stair }: Pick<Door, 'residence' | 'stair'>): string =>
  stair === null ? residence : `${residence}, ${stairWords(stair)}`;

/** A door in words: `Escalier 1, étage 3, porte gauche`, where somebody may have typed `porte gauche` themselves; the residence is named where there is no stair. */
export const doorWords = ({ stair, residence, floor, door: typed }: Door): string => {
  const door = typed.replace(/^(?:porte|door)\s+/iu, '');
  const floorWords = floor === 0 ? m.veille_person_ground() : floor !== null && m.veille_person_floor({ floor });
  const parts = [stair === null ? residence : stairWords(stair), floorWords, door && m.veille_person_door({ door })];
  return parts.filter(Boolean).join(', ');
};

/** A door and its residence in words, each once. */
export const placeWords = (door: Door): string =>
  door.stair === null ? doorWords(door) : `${doorWords(door)}, ${door.residence}`;

/** When an alarm comes without news, on the commune's clocks, so that it also holds on paper: `dimanche 17 h 30`. */
export const alarmWords = ({ escalatesAt, timeZone }: { escalatesAt: string; timeZone: string }): string => {
  const [at, locale] = [new Date(escalatesAt), getLocale()];
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone }).format(at);
  return `${day} ${peopleHour(at, locale, timeZone)}`;
};

/** A telephone as a link dials it. */
export const dial = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`;
