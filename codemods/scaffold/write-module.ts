import { applyStyle, type EmittedStyle } from '../emitted-helper/style';
import type { HelperFormat } from '../emitted-helper';

export interface ModuleForm {
  readonly format: HelperFormat;
  /** What is written behind `./orders` in an import: '.js', '.cjs', or nothing. */
  readonly importEnding: string;
  readonly style: EmittedStyle;
}

/**
 * Writes a module of the scaffold in the merchant's language and module system. The source is TypeScript with ES modules,
 * in which everything that JavaScript must not see stands between ⟦ and ⟧, so one text serves all formats.
 */
export function writeModule(source: string, { format, importEnding, style }: ModuleForm): string {
  const typed = format === 'typescript' ? source.replace(/[⟦⟧]/g, '') : source.replace(/⟦[^⟧]*⟧/g, '');
  const linked = typed.replace(/(from '\.[^']*)'/g, (_, path: string) => `${path}${importEnding}'`);
  const text = format === 'commonjs' ? toCommonjs(linked) : linked;
  return applyStyle(text.replace(/\n{3,}/g, '\n\n').replace(/^\n+/, ''), style);
}

const EXPORT = /^export (?:async )?(?:function|const|class) (\w+)/gm;

/** Our own sources only: imports and exports stand at the start of a line, one per statement. */
function toCommonjs(text: string): string {
  const names = [...text.matchAll(EXPORT)].map(([, name = '']) => name);
  const body = text
    .replace(/^import (\{[^}]*\}|\w+) from ('[^']*');$/gm, 'const $1 = require($2);')
    .replace(/^export (?!default)/gm, '')
    .replace(/^export default /m, 'module.exports = ');
  return `'use strict';\n\n${body}${names.length === 0 ? '' : `\nmodule.exports = { ${names.join(', ')} };\n`}`;
}
