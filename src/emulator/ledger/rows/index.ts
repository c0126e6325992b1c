/** Everything that the emulator keeps, a file for each kind of thing. */
export * from './common';
export * from './orders';
export * from './payments';
export * from './sessions';
export * from './accounts';
export * from './buyers';
export * from './traffic';
export * from './tables';
