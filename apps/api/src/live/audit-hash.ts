import { createHash } from 'node:crypto';

/** An audit row, as the chain reads it. */
export type AuditRow = {
  id: string;
  at: Date;
  actorId: string | null;
  actorRole: string;
  action: string;
  subject: string;
  subjectId: string | null;
  residenceId: string | null;
  commune: string | null;
  reason: string | null;
  textHash: string | null;
  onBehalfOf: string | null;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** SHA-256 of an audit row in its one canonical form: its columns in a fixed order as a JSON array, the instant in ISO 8601 to the millisecond; in whose name, when it was in someone’s. */
export const hashAuditRow = (row: AuditRow): string =>
  sha256(
    JSON.stringify([
      row.id,
      row.at.toISOString(),
      row.actorId,
      row.actorRole,
      row.action,
      row.subject,
      row.subjectId,
      row.residenceId,
      row.commune,
      row.reason,
      row.textHash,
      ...(row.onBehalfOf === null ? [] : [row.onBehalfOf]),
    ]),
  );

/** The hash of a link: of the hash before it and of its row's. The chain begins after `''`. */
export const hashLink = (prevHash: string, rowHash: string): string => sha256(`${prevHash} ${rowHash}`);
