/**
 * TypeScript's parser and checker. To be loaded by `import()` of this file, never by `import('ts-morph')`: Node scans the
 * whole of what it imports from a module that is not an ES module for names, which here takes as long as a third of loading it.
 */
export { ts } from 'ts-morph';
export { forgetParsed, parseScript } from './parse-script';
