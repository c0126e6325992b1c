import type { LoadedFile } from './loaded-file';

/** A saved run speaks of every legacy place; read as configuration it would add to them with every run. */
const SAVED_RUN = /^\s*\{\s*"schemaVersion":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"amazon-pay-migrate"/;
const MARKDOWN = /^## Amazon Pay migration: (?:audit|migrate)\r?\n/;

/** Whether a file is what `--report` wrote. */
export const isOwnReport = ({ path, text }: Pick<LoadedFile, 'path' | 'text'>): boolean =>
  (/\.json$/i.test(path) && SAVED_RUN.test(text)) || (/\.md$/i.test(path) && MARKDOWN.test(text));
