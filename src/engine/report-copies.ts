import { buyerReturnMarkers } from '../catalog';
import type { Rule } from '../catalog/types';
import { BUNDLES } from './codemod-list';
import { fingerprintOf } from './findings';
import type { LegacyCopy } from './loaded-file';
import type { Finding } from './run';

/** What browsers and servers run; a log or a database dump that names an operation is no copy of code. */
const CODE = /\.(?:[cm]?[jt]sx?|html?|vue|svelte|php|phtml|tpl|twig|ejs|hbs|jsp|erb)$/i;

/** Minified and generated copies of legacy code: reported, never edited, because their sources are elsewhere. */
export function reportCopies(copies: readonly LegacyCopy[], rules: Readonly<Record<string, Rule>>): Finding[] {
  const rule = rules['bundle/legacy-copy'];
  if (rule === undefined) return [];
  return copies
    .filter(({ path, marker }) => CODE.test(path) && !buyerReturnMarkers.includes(marker))
    .map(({ path, marker, line, reason }) => ({
      fingerprint: fingerprintOf(`${rule.id}\0${path}\0${marker}`, 0),
      rule: rule.id,
      codemod: BUNDLES.name,
      surface: rule.surface,
      automation: 'manual',
      status: 'open',
      confidence: 'medium',
      file: path,
      range: { start: { line, column: 1 }, end: { line, column: 1 } },
      legacy: { name: marker },
      replacement: null,
      message: `This file is not edited (${reason}); it holds ${marker} on line ${line}.`,
      guidance: rule.guidance,
      docs: rule.docs,
      effortMinutes: rule.effortMinutes,
      before: marker,
    }));
}
