import type { Language } from '../../codemods/codemod';

export type FileClass = { readonly kind: 'source' } | { readonly kind: 'generated'; readonly reason: string };

const LANGUAGES: Readonly<Record<string, Language>> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'jsx',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
  json: 'json',
  yml: 'yaml',
  yaml: 'yaml',
};

/** What kind of file a path names. */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^\.env(?:\.|$)/.test(name)) return 'dotenv';
  return LANGUAGES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'other';
}

/** A line that no person wrote. */
const LONG_LINE = 5000;
const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Tells sources from what tools have made of them; the latter are reported, never edited. */
export function classify(path: string, text: string): FileClass {
  const generated = (reason: string): FileClass => ({ kind: 'generated', reason });
  if (/[.-]min\.[cm]?js$/.test(path)) return generated('minified');
  if (/\.bundle\.[cm]?js$|\.chunk\.[cm]?js$/.test(path)) return generated('a bundle');
  if (/\.map$/.test(path)) return generated('a source map');
  if (!SCRIPT.test(path)) return { kind: 'source' };
  if (/(?:^|[\s*])@generated\b/.test(text.slice(0, 2048))) return generated('marked @generated');
  if (text.includes('__webpack_require__')) return generated('a bundle');
  const long = text.split('\n').reduce((sum, line) => (line.length > LONG_LINE ? sum + line.length : sum), 0);
  return long * 2 > text.length ? generated('minified') : { kind: 'source' };
}
