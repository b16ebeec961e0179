declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's, on the database `postgres`. */
    adminUrl: string;
    ownerUrl: string;
    appUrl: string;
  }
}

export {};
