import { createContext } from 'svelte';

/** What a screen reader is told, politely, of what changed by itself. */
export class Announcer {
  text = $state('');

  /** Says `text` once; the same sentence twice is said twice. */
  say(text: string): void {
    this.text = this.text === text ? `${text}\u200B` : text;
  }
}

export const [getAnnouncer, setAnnouncer] = createContext<Announcer>();
