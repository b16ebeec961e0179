import * as schema from '../schema/index.ts';
import { declare, type Entry, is, type Person } from './declare.ts';

const { vouches, charters, charterSignatures, residenceNotices, residentConsents, residenceMoves } = schema;

const ofResident = (column: Parameters<typeof is>[0]) => ({
  mine: (me: Person) => is(column, me.residentId),
  forgotten: [{ where: (me: Person) => is(column, me.residentId), does: 'delete' as const }],
});

/** What a residence keeps of its own life: its charter, its notices, who vouched for whom. */
export const residenceEntries: readonly Entry[] = [
  declare(vouches, {
    holds: 'a neighbour’s word for another',
    kept: 'while both live there',
    mine: (me) => is(vouches.voucherId, me.residentId),
    plain: ['id', 'residenceId', 'createdAt', 'revokedAt'],
    personal: { residentId: 'trust in steps', voucherId: 'trust in steps' },
    forgotten: [
      { where: (me) => is(vouches.residentId, me.residentId), does: 'delete' },
      { where: (me) => is(vouches.voucherId, me.residentId), does: 'delete' },
    ],
  }),
  declare(charters, {
    holds: 'the charter a residence wrote for itself',
    kept: 'as long as the residence',
    mine: null,
    plain: ['id', 'residenceId', 'version', 'text', 'reviewOn', 'writtenBy', 'createdAt'],
  }),
  declare(charterSignatures, {
    holds: 'who signed which version of a charter',
    kept: 'until they leave',
    ...ofResident(charterSignatures.residentId),
    plain: ['residentId', 'residenceId'],
    personal: { version: 'knowing the rules', signedAt: 'knowing the rules' },
  }),
  declare(residenceNotices, {
    holds: 'short notices of a residence’s board',
    kept: '12 months after they ended',
    mine: (me) => is(residenceNotices.writtenBy, me.accountId),
    plain: ['id', 'residenceId', 'writtenBy', 'createdAt', 'endsAt', 'removedAt'],
    personal: { text: 'what the hall reads' },
    forgotten: [{ where: (me) => is(residenceNotices.writtenBy, me.accountId), does: { text: '' } }],
  }),
  declare(residentConsents, {
    holds: 'the yes of a resident without internet',
    kept: 'until they leave',
    ...ofResident(residentConsents.residentId),
    plain: ['residentId', 'recordedBy'],
    personal: { consent: 'how they agreed', givenAt: 'when they agreed' },
  }),
  declare(residenceMoves, {
    holds: 'who moved from where to where',
    kept: '12 months',
    ...ofResident(residenceMoves.residentId),
    plain: ['id', 'residentId'],
    personal: { fromId: 'limits on moving', toId: 'limits on moving', movedAt: 'limits on moving' },
  }),
];
