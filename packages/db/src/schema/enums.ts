import { FavourState } from '@palier/domain/favours';
import { InvitationKind, Locale, StaffRole, Trust } from '@palier/domain/accounts';
import { outboxKinds } from '@palier/domain/live';
import { Audience, Category, PostKind, PostState, RepeatEvery } from '@palier/domain/posts';
import { pgEnum } from 'drizzle-orm/pg-core';

/** Each database enum is made from the domain's own list, so that a state is written once. */
export const trustEnum = pgEnum('trust', Trust.options);
export const localeEnum = pgEnum('locale', Locale.options);
export const staffRoleEnum = pgEnum('staff_role', StaffRole.options);
export const invitationKindEnum = pgEnum('invitation_kind', InvitationKind.options);
export const postKindEnum = pgEnum('post_kind', PostKind.options);
export const postStateEnum = pgEnum('post_state', PostState.options);
export const categoryEnum = pgEnum('category', Category.options);
export const audienceEnum = pgEnum('audience', Audience.options);
export const repeatEveryEnum = pgEnum('repeat_every', RepeatEvery.options);
export const favourStateEnum = pgEnum('favour_state', FavourState.options);
export const outboxKindEnum = pgEnum('outbox_kind', outboxKinds);
