import type { Role, SceneName } from './cast.ts';

/** What the watch's rows knock at. */
export type Watched = Record<'watched' | 'naming' | 'waiting' | 'watchGrant' | 'volunteer', string>;

export type Statuses = Record<Role, number>;

/** One operation, as it must answer each role: the design's word, written by hand, never worked out from the code. */
export type Row = {
  /** What the path's id stands for: nothing, the owner's post or favour, another resident, a code that opens the home, an interest of the owner's. */
  target:
    | 'none'
    | 'territory'
    | 'grant'
    | 'post'
    | 'favour'
    | 'resident'
    | 'code'
    | 'interest'
    | 'series'
    | 'home'
    | 'offline'
    | 'acting'
    | 'notice'
    | 'paper'
    | 'case'
    | 'decision'
    | 'screen'
    | 'hall'
    | 'kit'
    | 'commune'
    | 'coolPlace'
    | 'campaign'
    | keyof Watched;
  scene: SceneName | null;
  body?:
    | 'post'
    | 'edit'
    | 'entry'
    | 'credentials'
    | 'confirmation'
    | 'reset'
    | 'move'
    | 'approval'
    | 'report'
    | 'print'
    | 'opening'
    | 'naming'
    | 'list'
    | 'slip'
    | 'granting'
    | 'reading'
    | object;
  query?: string;
  statuses: Statuses;
  /** Residents and an id that is nobody's, and one that is no id; by default 404 and 400. */
  unknown?: number;
  malformed?: number;
  /** Whether residents are refused at the door, before the path is read. */
  isForStaff?: boolean;
  /** The exact keys of a success: all paths of the body, arrays as `[]`. */
  keys?: readonly string[];
  /** Whether a success writes: exactly one audit row and at least one outbox row. */
  writes: boolean;
};
