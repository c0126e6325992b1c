import { listPlaces, type Place } from './list-places';
import { showControlCharacters } from './plain-text';
import type { Report } from './report';
import { titleOf } from './find-rule';

/** A column each. Numbers are left bare, so that a spreadsheet can add them up. */
const columns: readonly (readonly [title: string, cell: (place: Place) => string | number])[] = [
  ['standing', ({ standing }) => standing],
  ['automation', ({ finding }) => finding.automation],
  ['area', ({ finding }) => finding.surface],
  ['rule', ({ finding }) => finding.rule],
  ['title', ({ finding }) => titleOf(finding.rule)],
  ['confidence', ({ finding }) => finding.confidence],
  ['file', ({ finding }) => finding.file],
  ['line', ({ finding }) => finding.range.start.line],
  ['column', ({ finding }) => finding.range.start.column],
  ['legacy', ({ finding }) => finding.legacy.operation ?? finding.legacy.name],
  ['replacement', ({ finding }) => finding.replacement?.name ?? ''],
  ['effort (minutes)', ({ finding, standing }) => (isLeft(standing) ? finding.effortMinutes : 0)],
  ['message', ({ finding }) => finding.message],
  ['what to do', ({ finding }) => finding.guidance],
  ['documentation', ({ finding }) => finding.docs],
  ['before', ({ finding }) => finding.before],
  ['after', ({ finding }) => finding.after ?? ''],
  ['fingerprint', ({ finding }) => finding.fingerprint],
];

/**
 * The places as RFC 4180, a row each. It begins with a byte order mark: without one, Excel reads UTF-8 as the code page of
 * the machine.
 */
export function renderCsv(report: Report): string {
  const rows = listPlaces(report).map((place) => columns.map(([, cell]) => toCell(cell(place))));
  return `\ufeff${[columns.map(([title]) => toCell(title)), ...rows].map((row) => `${row.join(',')}\r\n`).join('')}`;
}

const isLeft = (standing: Place['standing']): boolean => standing !== 'migrated' && standing !== 'fixed';

/**
 * Text is always quoted, so that no separator of another locale splits it. A spreadsheet would run text that begins with one
 * of these characters as a formula, quoted or not; after an apostrophe it does not (OWASP: CSV injection).
 */
function toCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = showControlCharacters(value.replace(/\r\n?/g, '\n'));
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\n]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""').replaceAll('\n', '\r\n')}"`;
}
