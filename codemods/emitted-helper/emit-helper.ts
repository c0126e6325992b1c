import type { HelperFunction } from '../v2-request/types';
import { type HelperFormat, type Part, type PartName, writeExport, writePart } from './part';
import { helperParts } from './parts';
import { type ExistingHelper, readExisting } from './read-existing';
import { applyStyle, type EmittedStyle } from './style';

export interface HelperOptions extends EmittedStyle {
  readonly format: HelperFormat;
  /** What the rewritten code imports from the file. */
  readonly functions: ReadonlySet<HelperFunction>;
  /** A file beside it with declarations that the compiler finds by no other way. */
  readonly reference?: string;
  /** Text of the file as an earlier run, and perhaps the merchant since, left it. */
  readonly existing?: string;
}

const HEADER = String.raw`/**
 * Amazon Pay Checkout v2: what the calls of this project need besides the SDK of Amazon.
 *
 * Written by amazon-pay-migrate. The file is yours: change it as you like; another run of the tool
 * adds a function that is missing and leaves the rest alone. Loading it touches neither the network
 * nor the file system.
 */`;

/**
 * Writes the helper file that migrated code imports: the functions it needs and what these lean on. A file that is there
 * is never rewritten: with everything needed in it, it is returned as it is, and otherwise only added to.
 */
export function emitHelper(options: HelperOptions): string {
  const { existing } = options;
  if (existing === undefined || existing.trim() === '') return writeFile(options);
  const found = readExisting(existing);
  const missing = [...options.functions].filter((name) => !found.exported.has(name));
  if (missing.length === 0) return existing;
  const additions = applyStyle(writeMissing(missing, found, options.format), options);
  const newline = existing.endsWith('\n') ? '' : options.eol;
  return `${existing}${newline}${options.eol}${additions}${options.eol}`;
}

function writeFile(options: HelperOptions): string {
  const { format } = options;
  const parts = selectParts([...options.functions], format);
  const isCommonjs = format === 'commonjs';
  const { reference } = options;
  const blocks = [
    ...(reference === undefined ? [] : [`/// <reference path="./${reference}" />`]),
    ...(isCommonjs ? ["'use strict';"] : []),
    HEADER,
    ...parts.map((part) => writePart(part, format, part.exported && !isCommonjs)),
    ...(isCommonjs ? [writeExports(parts)] : []),
  ];
  return `${applyStyle(blocks.join('\n\n'), options)}${options.eol}`;
}

function writeExports(parts: readonly Part[]): string {
  const names = parts.filter(({ exported }) => exported).map(({ name }) => `  ${name},`);
  return ['module.exports = {', ...names, '};'].join('\n');
}

function writeMissing(missing: readonly HelperFunction[], found: ExistingHelper, format: HelperFormat): string {
  return selectParts(missing, format)
    .filter(({ name }) => !found.declared.has(name) || (missing as readonly PartName[]).includes(name))
    .map((part) =>
      // The function may be there without its export; a second declaration would not even parse.
      found.declared.has(part.name)
        ? writeExport(part.name, format)
        : writePart(part, format, part.exported && !found.exported.has(part.name)),
    )
    .join('\n\n');
}

/** The parts of these functions and everything they need, in the order of the file. */
function selectParts(functions: readonly HelperFunction[], format: HelperFormat): readonly Part[] {
  const byName = new Map(helperParts.map((part) => [part.name, part]));
  const selected = new Set<PartName>();
  const select = (name: PartName): void => {
    if (selected.has(name)) return;
    selected.add(name);
    byName.get(name)?.needs.forEach(select);
  };
  functions.forEach(select);
  return helperParts.filter(({ name, only }) => selected.has(name) && (only === undefined || only === format));
}
