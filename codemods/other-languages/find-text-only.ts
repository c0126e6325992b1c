import { paymentReports, sellerSections } from '../../src/catalog';
import { foreignLanguages, textOnlyLanguageOf, type TextOnlyLanguage } from '../../src/catalog/languages';
import { codeBlock } from '../code-block';
import type { FindingDraft, SourceUnit } from '../codemod';
import { TELLING } from './find-mentions';

/**
 * Names of the legacy SDKs for the JVM and .NET, which other languages call as well, the address of MWS without the sections
 * of marketplace sellers, and what tells legacy Amazon Pay anywhere (facts: other-languages.md sections 1, 11 and 12).
 */
const NAMES = new RegExp(
  [
    String.raw`(?<![\w.])com\.amazon\.pay(?![\w])(?!\.api\b)(?:\.\w+)*`,
    String.raw`(?<![\w.])com\.amazon\.payments\.paywithamazon(?:\.\w+)*`,
    String.raw`(?<![\w.])com\.amazonservices\.mws\.offamazonpayments\w*(?:\.\w+)*`,
    String.raw`(?<![\w.])AmazonPay\.(?:Client|IpnHandler|Regions|CommonRequests|\w+(?:Payment|Credit)Requests|Responses|Types)\b(?:\.\w+)*`,
    String.raw`(?<=^[ \t]*(?:Imports|open)[ \t]+)AmazonPay(?=\s*$)`,
    String.raw`(?<![\w.\\])(?:AmazonPay\\{1,2}|PayWithAmazon[.\\])\w+`,
    String.raw`\bmws(?:-eu)?\.amazonservices\.(?:com|jp)\b(?!${sellerSections})(?:\/OffAmazonPayments\w*)?`,
    paymentReports,
    TELLING.source,
  ].join('|'),
  'gim',
);

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
