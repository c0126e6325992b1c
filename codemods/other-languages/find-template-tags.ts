import { otherTemplates } from '../../src/catalog/languages';
import { findTemplateTags } from '../carriers/template-tags';
import type { FindingDraft, SourceUnit } from '../codemod';
import { TELLING } from './find-mentions';

/**
 * Tags of templates in a language of their own that name legacy Amazon Pay: each is listed, since what a tag calls is decided
 * by the code behind the page.
 */
export function findTemplateNames(units: readonly SourceUnit[]): FindingDraft[] {
  return units
    .filter(({ path }) => otherTemplates.test(path))
    .flatMap(({ path, text }) =>
      findTemplateTags(path, text)
        .filter(({ kind }) => kind !== 'comment')
        .flatMap(({ start, end }): FindingDraft[] => {
          const match = TELLING.exec(text.slice(start, end));
          if (match === null) return [];
          const [name] = match;
          const from = start + match.index;
          return [
            {
              codemod: 'other-languages',
              surface: 'other-language',
              automation: 'manual',
              confidence: 'medium',
              rule: 'other-language/template',
              path,
              start: from,
              end: from + name.length,
              rewritten: false,
              legacy: { name },
              replacement: null,
              message: `A tag of this template names ${name}, which the code behind the page puts in.`,
            },
          ];
        }),
    );
}
