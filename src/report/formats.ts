import { extname } from 'node:path';
import { renderComparisonMarkdown } from './render-comparison-markdown';
import { renderHtml } from './html/render-html';
import { renderCsv } from './render-csv';
import { renderReportJson } from './render-report-json';
import { renderJunit } from './render-junit';
import { renderMarkdown } from './render-markdown';
import type { Report } from './report';
import { ReportError } from './report-error';
import { renderSarif } from './sarif/render-sarif';

export interface ReportFormat {
  readonly name: string;
  readonly render: (report: Report) => string;
  /** Shows what stands around the places. */
  readonly showsContexts?: true;
}

/** Report formats by the ending of the file that they are written to. To add a format, add a line. */
export const reportFormats: Readonly<Record<string, ReportFormat>> = {
  '.json': { name: 'JSON', render: renderReportJson },
  '.md': {
    name: 'Markdown',
    render: ({ run, progress, cutover }) =>
      progress === null ? renderMarkdown(run, cutover) : renderComparisonMarkdown(progress, cutover),
  },
  '.html': { name: 'HTML', render: (report) => renderHtml(report), showsContexts: true },
  '.sarif': { name: 'SARIF', render: renderSarif },
  '.csv': { name: 'CSV', render: renderCsv },
  '.xml': { name: 'JUnit', render: renderJunit },
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
    `Choose a file that ends in ${listOf(known)}.`,
  );
}

const listOf = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`;
