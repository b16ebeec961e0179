import type { Locale, Trust } from '@palier/domain/accounts';
import type { FavourState } from '@palier/domain/favours';
import type { Audience, Category, PostKind, PostState } from '@palier/domain/posts';

/** A residence of the demo: `lat` and `lon` in WGS84 degrees, `stairs` empty where there is no shared entrance. */
export type DemoResidence = {
  key: string;
  name: string;
  address: string;
  insee: string;
  lat: number;
  lon: number;
  homes: number;
  stairs: readonly string[];
};

export type DemoResident = {
  number: number;
  email: string;
  displayName: string;
  residence: string;
  stair: string | null;
  floor: number;
  skills: readonly Category[];
  locale: Locale;
  trust: Trust;
  joinedDaysAgo: number;
};

/** One line of the residents' tables; French unless the last place says otherwise. */
export type ResidentRow = readonly [
  number: number,
  displayName: string,
  residence: string,
  stair: string | null,
  floor: number,
  skills: readonly Category[],
  trust: Trust,
  joinedDaysAgo: number,
  locale?: Locale,
];

/** A moment counted from the day of the first start: `day` 0 is that day, negative before it; `hour` 0–23 in the commune's time zone. */
export type DemoMoment = { day: number; hour: number };

/** When a post was written: a day and hour before today, or some minutes before the first start. */
export type PostedAt = DemoMoment | { minutesAgo: number };

/** Someone's answer to a post: the helper of a request, the beneficiary of an offer; times count from the post, then from the answer. */
export type DemoFavour = {
  resident: number;
  state: FavourState;
  afterMinutes: number;
  endedAfterHours?: number;
  reason?: string;
  minutes?: number;
  thanks?: string;
  note?: string;
};

/** A post as its author wrote it; what is left out takes the ordinary value in `demoPosts`. */
export type PostDraft = {
  kind: PostKind;
  category: Category;
  author: number;
  title: string;
  details: string;
  audience: Audience;
  posted: PostedAt;
  helpersNeeded?: number;
  urgent?: boolean;
  hall?: boolean;
  tellsAbsence?: boolean;
  window?: { from: DemoMoment; to: DemoMoment };
  onBehalfOf?: { name: string; consent: 'spoken' | 'written' };
  endReason?: string;
  endedAfterHours?: number;
  removalNote?: string;
  favours?: readonly DemoFavour[];
};

/** A post of the demo, every field said; `endReason` and `endedAfterHours` are null while it lives. */
export type DemoPost = {
  key: string;
  state: PostState;
  kind: PostKind;
  category: Category;
  author: number;
  title: string;
  details: string;
  audience: Audience;
  posted: PostedAt;
  helpersNeeded: number;
  urgent: boolean;
  hall: boolean;
  tellsAbsence: boolean;
  window: { from: DemoMoment; to: DemoMoment } | null;
  onBehalfOf: { name: string; consent: 'spoken' | 'written' } | null;
  endReason: string | null;
  endedAfterHours: number | null;
  removalNote: string | null;
  favours: readonly DemoFavour[];
};

export type DemoStaff = {
  email: string;
  displayName: string;
  locale: Locale;
};

export type DemoReferent = DemoStaff & { residences: readonly string[] };
export type DemoOfficer = DemoStaff & { insee: string };
