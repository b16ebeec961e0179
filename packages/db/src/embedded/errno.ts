/** The system's code of a failed call (`EEXIST`, `ENOENT`…), or undefined when the error is not one. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
