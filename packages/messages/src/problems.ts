import type { AppErrorCode } from '@palier/domain/errors';
import { m } from '../compiled/messages.js';

type Sentence = (inputs: Record<string, never>, options: { locale: 'fr' | 'en' }) => string;

/** A sentence for each code of the closed list: a new code does not compile without one. */
const sentences = {
  'request.invalid': m.error_request_invalid,
  'request.malformed': m.error_request_malformed,
  'cursor.invalid': m.error_cursor_invalid,
  'session.required': m.error_session_required,
  'credentials.wrong': m.error_credentials_wrong,
  'origin.missing': m.error_origin_missing,
  'origin.foreign': m.error_origin_foreign,
  'role.required': m.error_role_required,
  'trust.required': m.error_trust_required,
  'password.wrong': m.error_password_wrong,
  'post.own': m.error_post_own,
  'account.paused': m.error_account_paused,
  'registration.closed': m.error_registration_closed,
  'resource.absent': m.error_resource_absent,
  'invitation.absent': m.error_invitation_absent,
  'method.unknown': m.error_method_unknown,
  'body.too-large': m.error_body_too_large,
  'uri.too-long': m.error_uri_too_long,
  'media.unsupported': m.error_media_unsupported,
  'post.full': m.error_post_full,
  'post.closed': m.error_post_closed,
  'post.taken': m.error_post_taken,
  'post.widest': m.error_post_widest,
  'favour.exists': m.error_favour_exists,
  'favour.limit': m.error_favour_limit,
  'favour.closed': m.error_favour_closed,
  'favour.thanked': m.error_favour_thanked,
  'email.taken': m.error_email_taken,
  'email.confirmed': m.error_email_confirmed,
  'resident.blocked': m.error_resident_blocked,
  'idempotency.in-flight': m.error_idempotency_in_flight,
  'post.payment': m.error_post_payment,
  'post.emergency': m.error_post_emergency,
  'post.contact': m.error_post_contact,
  'post.held': m.error_post_held,
  'post.window': m.error_post_window,
  'post.repeats': m.error_post_repeats,
  'stair.foreign': m.error_stair_foreign,
  'stair.unknown': m.error_stair_unknown,
  'password.common': m.error_password_common,
  'idempotency.mismatch': m.error_idempotency_mismatch,
  'idempotency.invalid': m.error_idempotency_invalid,
  'rate.limited': m.error_rate_limited,
  'rate.posts': m.error_rate_posts,
  'hashing.busy': m.error_hashing_busy,
  internal: m.error_internal,
  overloaded: m.error_overloaded,
  'database.unavailable': m.error_database_unavailable,
} satisfies Record<AppErrorCode, Sentence>;

/** What a refusal says to whoever reads it, in their language: what happened, what is kept, what to do. */
export const problemSentence = (code: AppErrorCode, locale: 'fr' | 'en'): string => sentences[code]({}, { locale });
