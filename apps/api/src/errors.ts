import type { AppErrorCode, Verdict } from '@palier/domain/errors';

/** A refusal on its way to the one handler that renders problem+json. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly extra: { retryAfterS?: number; detail?: string; extensions?: Record<string, unknown> };

  constructor(code: AppErrorCode, extra: AppError['extra'] = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** Throws the refusal of a verdict, if it is one. */
export const insist = (verdict: Verdict): void => {
  if (!verdict.ok) throw new AppError(verdict.code);
};

/** The row, or 404: absent, or not yours to know. */
export const orAbsent = <T>(row: T | null | undefined): T => {
  if (row === null || row === undefined) throw new AppError('resource.absent');
  return row;
};
