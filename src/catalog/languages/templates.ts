import type { LanguageName } from './types';

/**
 * How a template carries the code of the server. percent: `<% … %>`. razor: `@…`. blade: `{{ … }}` and `@…(…)`. indented: a
 * line of its own. php: `<?php … ?>` in a file that is not named like PHP.
 */
export type TemplateForm = 'percent' | 'razor' | 'blade' | 'indented' | 'php';

export interface TemplateKind {
  readonly files: RegExp;
  readonly language: LanguageName;
  readonly form: TemplateForm;
  /** What a file of this name has in it when it is one. */
  readonly has?: RegExp;
}

/** Templates whose code is read by the grammar of its language. */
export const templateKinds: readonly TemplateKind[] = [
  { files: /\.(?:erb|rhtml)$/i, language: 'ruby', form: 'percent' },
  { files: /\.(?:haml|slim)$/i, language: 'ruby', form: 'indented' },
  { files: /\.(?:jsp|jspf|tag|tagf)$/i, language: 'java', form: 'percent' },
  { files: /\.(?:aspx|ascx|ashx|asmx|master)$/i, language: 'csharp', form: 'percent' },
  { files: /\.(?:cshtml|razor)$/i, language: 'csharp', form: 'razor' },
  { files: /\.blade\.php$/i, language: 'php', form: 'blade' },
  { files: /\.(?:tpl|thtml|tmpl|html?|xhtml)$/i, language: 'php', form: 'php', has: /<\?(?:php\b|=)/ },
];

/** Templates in a language of their own: what they name is listed, tag by tag. */
export const otherTemplates =
  /\.(?:twig|tpl|smarty|liquid|ftlh?|vm|j2|jinja2?|gsp|jspx|tagx|vbhtml|latte|gohtml|tmpl)$/i;

/** The kind of a template; undefined for what is none, or is not read by a grammar. */
export const templateKindOf = (path: string, text: string): TemplateKind | undefined =>
  templateKinds.find(({ files, has }) => files.test(path) && has?.test(text) !== false);
