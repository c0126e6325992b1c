import { paymentReports } from '../../src/catalog';
import {
  foreignLanguages,
  textOnlyLanguageOf,
  textOnlyNames,
  type TextOnlyLanguage,
} from '../../src/catalog/languages';
import { codeBlock } from '../code-block';
import type { FindingDraft, SourceUnit } from '../codemod';
import { TELLING } from './find-mentions';

/** What tells legacy Amazon Pay in such a file, and in any other. */
const NAMES = new RegExp([...textOnlyNames, paymentReports, TELLING.source].join('|'), 'gim');

/** So many names say what a file is about. */
const SHOWN = 5;

/** Legacy Amazon Pay in languages that are read by their text: one finding for a file, which says so. */
export function findTextOnly(units: readonly SourceUnit[]): FindingDraft[] {
  return units.flatMap((unit) => {
    const language = textOnlyLanguageOf(unit.path);
    return language === undefined ? [] : describe(unit, language);
  });
}

function describe({ path, text }: SourceUnit, { title, sdkOf }: TextOnlyLanguage): FindingDraft[] {
  const matches = [...text.matchAll(NAMES)];
  const [first] = matches;
  if (first === undefined) return [];
  const lines = new Map<string, number>();
  for (const { 0: name, index } of matches)
    if (!lines.has(name)) lines.set(name, text.slice(0, index).split('\n').length);
  const named = [...lines].slice(0, SHOWN).map(([name, line]) => `${name} (line ${line})`);
  const more = lines.size > SHOWN ? `, and ${lines.size - SHOWN} more` : '';
  const sdk = sdkOf === undefined ? undefined : foreignLanguages[sdkOf];
  const v2 = sdk?.v2 ?? undefined;
  return [
    {
      codemod: 'other-languages',
      surface: 'other-language',
      automation: 'manual',
      confidence: 'low',
      rule: 'other-language/text-only',
      path,
      start: first.index,
      end: first.index + first[0].length,
      rewritten: false,
      legacy: { name: first[0] },
      replacement: v2 === undefined ? null : { name: v2.dependency },
      message: `${title} is read by its text only, so this is the one finding for the whole file: it names ${named.join(', ')}${more}.`,
      ...(v2 === undefined || sdk === undefined
        ? {}
        : {
            guidance: `Look through the whole file, and for what uses it: nothing was followed from here, and comments were not told from code. The v2 SDK for ${sdk.title} can be called from ${title}: ${v2.install}\n\nIn ${sdk.title}:\n\n${codeBlock(v2.construction)}\n\n${v2.traps}`,
            docs: v2.docs,
          }),
    },
  ];
}
