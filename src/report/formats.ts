import { extname } from 'node:path';
import type { Run } from '../engine/run';
import type { Comparison } from './compare-runs';
import { renderComparisonJson } from './render-comparison-json';
import { renderComparisonMarkdown } from './render-comparison-markdown';
import { renderJson } from './render-json';
import { renderMarkdown } from './render-markdown';
import { ReportError } from './report-error';

export interface ReportFormat {
  readonly name: string;
  readonly renderRun: (run: Run) => string;
  readonly renderComparison: (comparison: Comparison) => string;
}

/** Report formats by the ending of the file that they are written to. To add a format, add a line. */
export const reportFormats: Readonly<Record<string, ReportFormat>> = {
  '.json': { name: 'JSON', renderRun: renderJson, renderComparison: renderComparisonJson },
  '.md': { name: 'Markdown', renderRun: renderMarkdown, renderComparison: renderComparisonMarkdown },
};

/** The format that the ending of a file name asks for; an error that names the known endings for any other. */
export function findFormat(path: string): ReportFormat {
  const ending = extname(path).toLowerCase();
  const format = Object.hasOwn(reportFormats, ending) ? reportFormats[ending] : undefined;
  if (format !== undefined) return format;
  const known = Object.entries(reportFormats).map(([knownEnding, { name }]) => `${knownEnding} (${name})`);
  throw new ReportError(
    'REPORT_FORMAT',
    `${path}: ${ending === '' ? 'a report file needs an ending' : `there is no report format for ${ending}`}.`,
    `Choose a file that ends in ${known.join(' or ')}.`,
  );
}
