import { codeLanguageOf, otherTemplates, textOnlyLanguageOf } from '../catalog/languages';

const others: readonly (readonly [files: RegExp, title: string])[] = [
  [/\.[cm]?tsx?$/i, 'TypeScript'],
  [/\.[cm]?jsx?$/i, 'JavaScript'],
  [/\.(?:vue|svelte|astro)$/i, 'Components'],
  [/\.x?html?$/i, 'HTML'],
  [otherTemplates, 'Templates'],
  [
    /\.(?:json5?|ya?ml|toml|ini|properties|xml|config|lock|gradle(?:\.kts)?|(?:cs|vb|fs)proj)$|(?:^|\/)\.env[^/]*$|(?:requirements|constraints)[^\n]*\.(?:txt|in)$|(?:^|\/)(?:Gemfile|Pipfile|go\.mod)$/i,
    'Settings and lists of packages',
  ],
];

/** The language of a file as people call it, by its name. */
export const nameLanguage = (path: string): string =>
  others.find(([files]) => files.test(path))?.[1] ??
  codeLanguageOf(path, '')?.title ??
  textOnlyLanguageOf(path)?.title ??
  'Other files';
