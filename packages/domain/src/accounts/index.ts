export * from './block-view.ts';
export * from './invitation-code.ts';
export * from './invitations.ts';
export * from './roles.ts';
export * from './schemas.ts';
export * from './slot.ts';
export * from './trust-steps.ts';
export * from './trust-view.ts';
