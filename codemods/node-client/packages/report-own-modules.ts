import { legacyPackages } from '../../../src/catalog';
import type { CodemodInput, FindingDraft, SourceUnit } from '../../codemod';
import { isNamedAfter, ownModules } from '../../typed-program/own-modules';
import { legacyAliases } from '../../typed-program/package-aliases';
import { listedInText } from '../listed-in-text';

interface Span {
  readonly start: number;
  readonly end: number;
}

function spansOf({ path, text }: SourceUnit, aliases: ReadonlyMap<string, string>): readonly Span[] {
  const found = ownModules(text, aliases);
  if (found.length > 0 || !/\.d\.[cm]?ts$/.test(path)) return found;
  const names = [...Object.keys(legacyPackages), ...aliases.keys()];
  return names.some((name) => isNamedAfter(path, name)) ? [{ start: 0, end: text.search(/\r?\n|$/) }] : [];
}

/** The merchant's own types for a legacy package have nothing to describe any more once it has left. */
export function reportOwnModules(input: CodemodInput): FindingDraft[] {
  const aliases = legacyAliases(input.packages, input.files);
  return input.files.flatMap((unit) =>
    spansOf(unit, aliases).map(({ start, end }) =>
      listedInText(
        unit.path,
        { start, end },
        {
          rule: 'node-client/type-reference',
          confidence: 'high',
          legacy: { name: unit.text.slice(start, end) },
          replacement: { name: 'amazon-pay-api-sdk-nodejs.d.ts' },
          message:
            'Your own declaration of a legacy package: delete it together with the package, and import the types of the v2 SDK where its types are imported.',
        },
      ),
    ),
  );
}
