import type { TemplateForm } from '../../../src/catalog/languages';
import { readBlade } from './blade';
import type { ServerCode } from './code-sheet';
import { readIndented } from './indented';
import { readPercentTags } from './percent-tags';
import { readRazor } from './razor';

export type { ServerCode, ServerImport } from './code-sheet';

const readers: Readonly<Record<TemplateForm, (path: string, text: string) => ServerCode>> = {
  percent: readPercentTags,
  razor: (_path, text) => readRazor(text),
  blade: (_path, text) => readBlade(text),
  indented: (_path, text) => readIndented(text),
  // It is PHP with a page around it already.
  php: (_path, text) => ({ code: text, imports: [], typed: [] }),
};

/** The code that a template has for the server, at the offsets of the file. */
export const readServerCode = (form: TemplateForm, path: string, text: string): ServerCode => readers[form](path, text);
