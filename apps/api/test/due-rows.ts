import { inTransaction, schema, type Transaction, watchAs } from '@palier/db';
import { newId } from '../src/ids.ts';
import { dueRoundRows } from './due-round-rows.ts';
import type { openHarness } from './harness.ts';

const dayMs = 86_400_000;

/** Rows of every term of keeping, each as old as one asks, of one resident and another. */
export const dueRows = async (h: Awaited<ReturnType<typeof openHarness>>, now: Date) => {
  const ago = (days: number): Date => new Date(now.getTime() - days * dayMs);
  const someone = await h.mintResident();
  const other = await h.mintResident();
  const { accountId } = someone;

  const plantPost = async (days: number, state: 'open' | 'done' = 'done') => {
    const id = newId();
    await h.db.insert(schema.posts).values({
      id,
      authorId: someone.id,
      residenceId: someone.residenceId,
      commune: '01173',
      cell: 'x',
      kind: 'request',
      category: 'errands',
      title: 'Un pain',
      details: 'Du lait',
      audience: 'residence',
      state,
      createdAt: ago(days),
      updatedAt: ago(days),
      expiresAt: ago(days),
    });
    return id;
  };

  const plantFavour = async (days: number) => {
    const row = {
      id: newId(),
      postId: await plantPost(days),
      commune: '01173',
      authorId: someone.id,
      acceptedBy: other.id,
      helperId: other.id,
      beneficiaryId: someone.id,
      state: 'done',
      note: 'Je passe',
      thanks: 'Merci',
      createdAt: ago(days),
      updatedAt: ago(days),
    } as const;
    await h.db.insert(schema.favours).values(row);
    return row;
  };

  const plantWatch = (write: (tx: Transaction) => Promise<unknown>) =>
    inTransaction(h.db, async (tx) => {
      await watchAs(tx, 'house', now);
      await write(tx);
    });
  const plantWatched = async (endsAt: Date) => {
    const { id: residentId, residenceId } = await h.mintResident();
    const id = newId();
    await plantWatch((tx) =>
      tx.insert(schema.watchPeople).values({
        ...{ id, residentId, residenceId, name: 'Odette', door: '2', topFloor: true, phone: '0450000000' },
        ...{ part: 'morning', language: 'fr', consent: 'screen', consentVersion: '1', consentedAt: ago(1) },
        ...{ lapsesAt: endsAt, joinedAt: ago(1) },
      }),
    );
    return id;
  };

  /** One row of each term, as old as `days`. */
  const plant: Readonly<Record<string, (days: number) => Promise<unknown>>> = {
    sessions: (days) => h.db.insert(schema.sessions).values({ id: newId(), userId: accountId, expiresAt: ago(days) }),
    links: (days) =>
      h.db.insert(schema.emailTokens).values({ hash: newId(), accountId, email: 'x', expiresAt: ago(days) }),
    'changes of address': (days) =>
      h.db.insert(schema.emailChanges).values({
        id: newId(),
        accountId,
        fromEmail: 'x',
        toEmail: 'y',
        confirmHash: newId(),
        undoHash: newId(),
        askedAt: ago(days),
      }),
    cases: async (days) => {
      const postId = await plantPost(0, 'open');
      await h.db.insert(schema.cases).values({
        ...{ id: newId(), kind: 'report', state: 'closed', subject: 'post', subjectId: postId, aboutId: someone.id },
        ...{ residenceId: someone.residenceId, commune: '01173', createdAt: ago(days), updatedAt: ago(days) },
      });
    },
    answers: (days) =>
      h.db
        .insert(schema.answers)
        .values({ accountId, key: newId(), requestHash: 'x', status: 201, body: '{}', createdAt: ago(days) }),
    attempts: (days) => h.db.insert(schema.attempts).values({ key: newId(), windowStart: ago(days), count: 1 }),
    notifications: async (days) =>
      h.db
        .insert(schema.notifications)
        .values({ id: newId(), accountId, kind: 'ask', postId: await plantPost(1), createdAt: ago(days) }),
    devices: (days) =>
      h.db.insert(schema.pushSubscriptions).values({
        ...{ id: newId(), accountId, endpoint: newId(), p256dh: 'x', auth: 'x' },
        ...{ createdAt: ago(days), usedAt: ago(days) },
      }),
    pushes: async (days) => {
      const notificationId = newId();
      await h.db
        .insert(schema.notifications)
        .values({ id: notificationId, accountId, kind: 'account', createdAt: ago(1) });
      await h.db.insert(schema.pushes).values({ notificationId, accountId, day: '2026-01-01', dueAt: ago(days) });
    },
    'daily mails': (days) =>
      h.db
        .insert(schema.digests)
        .values({ accountId, day: ago(days).toISOString().slice(0, 10), state: 'nothing', dueAt: ago(days) }),
    'people of the watch': (days) => plantWatched(ago(days)),
    'readers of the watch': async (days) => {
      const personId = await plantWatched(ago(-1));
      await plantWatch((tx) =>
        tx.insert(schema.watchReaders).values({
          ...{ id: newId(), personId, accountId, namedBy: accountId, namedAt: ago(days), endsAt: ago(days) },
        }),
      );
    },
    'readings of the watch': async (days) => {
      const personId = await plantWatched(ago(-1));
      await plantWatch((tx) =>
        tx
          .insert(schema.watchReadings)
          .values({ id: newId(), personId, accountId, readAs: 'reader', what: 'entry', at: ago(days) }),
      );
    },
    ...dueRoundRows(h, ago, () => plantWatched(ago(-1))),
    'who could be a reader': async (days) => {
      const { territoryId } = await h.mintResidence();
      const grant = { id: newId(), accountId, territoryId, namedBy: accountId, namedAt: ago(days) };
      await h.db.insert(schema.watchReaderGrants).values({ ...grant, endsAt: ago(days) });
    },
    volunteers: async (days) => {
      const { territoryId } = await h.mintResidence();
      const volunteer = { id: newId(), residentId: someone.id, territoryId, offeredAt: ago(days), endedAt: ago(days) };
      await plantWatch((tx) => tx.insert(schema.watchVolunteers).values(volunteer));
    },
    'counts of kits written': (days) =>
      h.db.insert(schema.kitCounters).values({ processId: newId(), batch: 1, writtenAt: ago(days) }),
    asks: async (days) =>
      h.db
        .insert(schema.asks)
        .values({ postId: await plantPost(1), residentId: someone.id, step: 'residence', at: ago(days) }),
    'days of asks': (days) =>
      h.db
        .insert(schema.askDays)
        .values({ residentId: someone.id, day: ago(days).toISOString().slice(0, 10), told: 1 }),
    roles: (days) =>
      h.db
        .insert(schema.roleGrants)
        .values({ id: newId(), accountId, role: 'officer', commune: '01173', revokedAt: ago(days) }),
    moves: (days) =>
      h.db.insert(schema.residenceMoves).values({
        id: newId(),
        residentId: someone.id,
        fromId: someone.residenceId,
        toId: other.residenceId,
        movedAt: ago(days),
      }),
    notices: (days) =>
      h.db.insert(schema.residenceNotices).values({
        id: newId(),
        residenceId: someone.residenceId,
        text: 'Eau coupée',
        writtenBy: accountId,
        createdAt: ago(days),
        endsAt: ago(days),
      }),
    'acting for someone': (days) =>
      h.db.insert(schema.actingSessions).values({
        id: newId(),
        accountId,
        residentId: other.id,
        consent: 'spoken',
        openedAt: ago(days),
        expiresAt: ago(days),
        closedAt: ago(days),
      }),
    screens: (days) =>
      h.db.insert(schema.hallScreens).values({
        id: newId(),
        residenceId: someone.residenceId,
        tokenHash: newId(),
        createdBy: accountId,
        createdAt: ago(days),
        revokedAt: ago(days),
      }),
    'relatives in copy': async (days) => {
      const copy = { email: 'proche@example.test', locale: 'fr', createdAt: ago(days) };
      await h.db.insert(schema.postCopies).values([
        { ...copy, id: newId(), postId: await plantPost(days), confirmedAt: ago(days) },
        // Never confirmed: gone long before the ask ends.
        ...(days > 30 ? [{ ...copy, id: newId(), postId: await plantPost(1, 'open') }] : []),
      ]);
    },
    'people asked for': async (days) =>
      h.db
        .insert(schema.postBeneficiaries)
        .values({ postId: await plantPost(days), name: 'Zéphyrine', consent: 'spoken', givenAt: ago(days) }),
    'texts of posts': (days) => plantPost(days),
    'texts of series': (days) =>
      h.db.insert(schema.series).values({
        id: newId(),
        authorId: someone.id,
        every: 'week',
        firstFrom: ago(days),
        firstTo: ago(days),
        until: ago(days),
        madeUntil: ago(days),
        title: 'Le marché',
        endedAt: ago(days),
      }),
    'texts of favours': (days) => plantFavour(days),
    doors: async (days) => {
      const { id } = await plantFavour(days);
      await h.db
        .insert(schema.sharedDoors)
        .values({ favourId: id, ownerId: someone.id, address: '1 rue', sharedAt: ago(days) });
    },
    conversations: async (days) => {
      const { id, postId } = await plantFavour(days);
      await h.db.insert(schema.conversations).values({ id, postId, createdAt: ago(days) });
      const words = { id: newId(), conversationId: id, authorId: someone.id, text: 'Bonjour', createdAt: ago(days) };
      await h.db.insert(schema.messages).values(words);
    },
  };
  return { plant, plantPost, ago };
};
