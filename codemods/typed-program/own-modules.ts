import { legacyPackages } from '../../src/catalog';
import { escapePattern } from '../../transforms/escape-pattern';

/** `declare module 'amazon-payments'` in a file of the merchant. */
export interface OwnModule {
  readonly start: number;
  readonly end: number;
  /** Offset behind the name, in front of the quote. */
  readonly nameEnd: number;
}

/** Finds the declarations that a merchant wrote for a legacy package, or for a file of it. */
export function ownModules(text: string, aliases: ReadonlyMap<string, string>): OwnModule[] {
  if (!/declare\s+module/.test(text)) return [];
  const names = [...Object.keys(legacyPackages), ...aliases.keys()].map(escapePattern).join('|');
  const pattern = new RegExp(`declare\\s+module\\s+(['"])(?:${names})(?:/[^'"]*)?\\1`, 'g');
  return [...text.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].length;
    return { start: match.index, end, nameEnd: end - 1 };
  });
}

/** `types/amazon-payments.d.ts`, `types/amazon-payments/index.d.ts`: found by `paths` or `typeRoots`. */
export const isNamedAfter = (path: string, name: string): boolean =>
  new RegExp(`(?:^|/)${escapePattern(name)}(?:/index)?\\.d\\.[cm]?ts$`).test(path);

/** `interface Client { offAmazonPayments: … }`: what a merchant calls the client in such a module. */
export const namesOfClients = (text: string): string[] =>
  [...text.matchAll(/\b(?:interface|class)\s+(\w+)[^{}]*\{[^}]*?\boffAmazonPayments\b/g)].flatMap(
    ([, name]) => name ?? [],
  );

/** In the analysis copy such a module gets a name of its own: what the package does is told by our declarations. */
export const APART = ' (own)';
