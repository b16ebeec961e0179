import type { Database, Transaction } from '@palier/db';
import type { Locale, RoleGrant, Trust } from '@palier/domain/accounts';
import type { ResidenceMode } from '@palier/domain/residences';
import type { FastifyBaseLogger } from 'fastify';
import type { Env } from './env.ts';
import type { Keys } from './keys.ts';

declare const checked: unique symbol;

/** A resident, as the gate of `residentsOnly` found them: only the gate makes one, so that "who checked?" is asked by the compiler. */
export type ResidentActor = {
  readonly [checked]: 'resident';
  readonly residentId: string;
  readonly accountId: string;
  readonly residenceId: string;
  readonly stairId: string | null;
  readonly cell: string;
  readonly commune: string;
  readonly trust: Trust;
  readonly displayName: string;
  readonly pausedUntil: Date | null;
  readonly mode: ResidenceMode;
};

/** The half-hour in which a referent acts for a resident without internet; each act asks the database again whether it lasts. */
export type Acting = {
  readonly id: string;
  readonly residentId: string;
  readonly role: 'referent' | 'coordinator';
  /** The resident that the referent is, if any: nobody acts for a neighbour towards themselves. */
  readonly ownResidentId: string | null;
};

/** Whoever is signed in: an account, its roles, and the resident it is, if any. */
export type Actor = {
  readonly accountId: string;
  readonly sessionHash: string;
  readonly locale: Locale;
  readonly roles: readonly RoleGrant[];
  readonly resident: ResidentActor | null;
  readonly emailConfirmed: boolean;
};

/** What wakes the sequencer after a commit. A wake-up only: nothing is lost when it is not heard. */
export type Doorbell = { ring(): void };

/** What `/api/ready` and the metrics ask of the process: what is still missing, which bus wakes the hubs, and the live figures. */
export type Readiness = {
  missing(): readonly string[];
  bus(): 'local' | 'postgres' | 'nats' | 'polling';
  sockets(): number;
  head(): number;
};

/** What the whole process shares, handed down; never imported. */
export type Deps = {
  readonly db: Database;
  readonly env: Env;
  readonly keys: Keys;
  readonly clock: () => Date;
  readonly doorbell: Doorbell;
  readonly readiness: Readiness;
  readonly log: FastifyBaseLogger;
};

/** One call: the shared parts, the instant, who acts, and the transaction it runs in, if one is open. */
export type Context<A = Actor | null> = Deps & {
  readonly actor: A;
  readonly now: Date;
  readonly ip: string;
  readonly locale: Locale;
  readonly tx: Transaction | null;
  /** Set when a referent acts for the resident in `actor`. */
  readonly acting?: Acting;
  /** Set when whoever visited the resident in `actor` opens a request for them, who just agreed: the log names the visitor, as a neighbour or as nobody from here. */
  readonly visiting?: { readonly role: 'resident' | 'visitor' };
};
export type ResidentContext = Context<ResidentActor>;
export type SignedInContext = Context<Actor>;
