export * from './invitation-code.ts';
export * from './roles.ts';
export * from './schemas.ts';
