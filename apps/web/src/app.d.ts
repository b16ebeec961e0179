import type { Me } from '@palier/domain/accounts';
import type { Instance } from '@palier/domain/instance';
import type { ActingSession } from '@palier/domain/offline';
import type { ApiCall } from '#lib/api/api-for.ts';
import type { Display } from '#lib/server/display.ts';

declare global {
  namespace App {
    interface Error {
      status: number;
      message: string;
      /** What a person can quote to the operator; also in the server's log. */
      id?: string;
    }
    interface Locals extends Display {
      /** Who is signed in, as `GET /api/me` says; null for a visitor. */
      me: Me | null;
      /** The API as this page asks it: `apiFor(locals.call)`. */
      call: ApiCall;
      /** Takes a piece of this page that is written already, in UTF-8, and answers the mark that stands for it until the page leaves. */
      writeLater: (piece: Uint8Array) => string;
      /** The API could not say who is signed in: not the same as nobody being so. */
      isApiDown: boolean;
      /** For whom a referent acts in this browser, if for anyone. */
      acting: ActingSession | null;
      /** The page is asked for by the service worker, to be read without a network: no door, no address, nothing marked as read. */
      isKept: boolean;
      /** Set to false by a page that repeats a secret (a code, a token) beside what the visitor typed: it is then not gzipped. */
      mayCompress: boolean;
    }
    /** What the root layout reads for every page. */
    interface PageData {
      /** Without what only a page of its own shows. */
      me: Omit<Me, 'notices' | 'atHome'> | null;
      acting: ActingSession | null;
      text: Display['text'];
      theme: Display['theme'];
      instance: Instance;
    }
  }
}

declare module 'node:http' {
  interface IncomingMessage {
    /** The API in the same process, put there by the server that mounts the pages. */
    palier?: {
      /** A page that is whole, put here by the hook: it goes to the socket as it is. */
      page?: Uint8Array | null;
      fetch: (request: Request, clientAddress: string) => Promise<Response>;
      /** A reading without `Request` nor `Response`, where the API is in the same process; `header` takes a name in small letters. */
      ask?: (
        path: string,
        headers: Record<string, string>,
        clientAddress: string,
      ) => Promise<{ status: number; header: (name: string) => string | string[] | undefined; text: string }>;
    };
  }
}
