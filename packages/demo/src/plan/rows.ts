import type { Locale, Slot, StaffRole, Trust } from '@palier/domain/accounts';
import type { FavourState } from '@palier/domain/favours';
import type { StoredPost } from '@palier/domain/places';
import type { Category } from '@palier/domain/posts';

/** The rows of one table each, named after it; every row of a table has the same keys, named after its columns. */
export type PlannedTerritory = { id: string; name: string; createdAt: Date };
export type PlannedResidence = {
  id: string;
  territoryId: string;
  commune: string;
  name: string;
  homes: number;
  cell: string;
  createdAt: Date;
};
export type PlannedPlace = { residenceId: string; lat: number; lon: number; address: string };
export type PlannedStair = { id: string; residenceId: string; name: string };
export type PlannedAccount = {
  id: string;
  email: string;
  emailConfirmedAt: Date | null;
  passwordHash: string;
  displayName: string;
  locale: Locale;
  createdAt: Date;
};
export type PlannedResident = {
  id: string;
  accountId: string;
  residenceId: string;
  stairId: string | null;
  floor: number;
  displayName: string;
  trust: Trust;
  skills: readonly Category[];
  availability: readonly Slot[];
  openFavours: number;
  lastSeenAt: Date;
  joinedAt: Date;
};
export type PlannedGrant = {
  id: string;
  accountId: string;
  role: StaffRole;
  residenceId: string | null;
  territoryId: string | null;
  commune: string | null;
  grantedAt: Date;
};
/** A post as it will be stored, with what a reader never sees of it. */
export type PlannedPost = Omit<StoredPost, 'authorName' | 'seriesId'> & { endReason: string | null; hall: boolean };
export type PlannedBeneficiary = { postId: string; name: string; consent: string; givenAt: Date };
export type PlannedFavour = {
  id: string;
  postId: string;
  commune: string;
  authorId: string;
  acceptedBy: string;
  helperId: string;
  beneficiaryId: string;
  state: FavourState;
  note: string;
  reason: string | null;
  minutes: number | null;
  thanks: string | null;
  thankedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};
/** What waits on a desk: a post that is held, or somebody whom no referent has met. */
export type PlannedCase = {
  id: string;
  kind: 'held' | 'arrival';
  subject: 'post' | 'resident';
  subjectId: string;
  postId: string | null;
  aboutId: string;
  residenceId: string;
  commune: string;
  holds: readonly string[];
  createdAt: Date;
  updatedAt: Date;
};
