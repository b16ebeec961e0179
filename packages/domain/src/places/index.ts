export * from './band.ts';
export * from './cells.ts';
export * from './distance.ts';
export * from './resolution.ts';
export * from './schemas.ts';
export * from './time-zone.ts';
export * from './disclose.ts';
export * from './wall-clock.ts';
