export * from './calendar.ts';
export * from './lifecycle.ts';
export * from './reminder.ts';
export * from './schemas.ts';
