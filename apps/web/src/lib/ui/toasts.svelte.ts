import { createContext } from 'svelte';

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

/** Short sentences that say what was done, each with its way back for a while. */
export class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  /** Shows a sentence; with `undo`, a button that takes the act back. It stays `seconds` (8, or 12 with a way back). */
  say(text: string, undo?: () => void, seconds = undo ? 12 : 8): void {
    const id = this.#next++;
    this.list.push({ id, text, ...(undo && { undo }) });
    setTimeout(() => this.drop(id), seconds * 1000);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const [getToasts, setToasts] = createContext<Toasts>();
