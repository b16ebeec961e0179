export * from './audit-actions.ts';
export * from './lifecycle.ts';
export * from './reporting.ts';
export * from './schemas.ts';
