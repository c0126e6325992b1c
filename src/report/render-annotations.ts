import { proseOf } from './html/split-guidance';
import { formatCount } from './format-figures';
import { listPlaces, type Place } from './list-places';
import { toOneLine, toWellFormed } from './plain-text';
import type { Report } from './report';
import { titleOf } from './find-rule';

/** GitHub shows ten of each kind for a step, and drops the rest without a word. */
const shownOfEachKind = 10;

const kinds = { manual: 'error', assisted: 'warning', automatic: 'notice' } as const;

/**
 * Workflow commands that GitHub shows beside the lines of a pull request: open places, and under a baseline only new ones.
 * `folder` is the root of the run as the repository sees it. A last line of plain text says what is not shown.
 */
export function renderAnnotations(report: Report, folder: string): string {
  const places = listPlaces(report).filter(({ standing }) => standing === 'open' || standing === 'new');
  const shown = (['manual', 'assisted', 'automatic'] as const).flatMap((automation) =>
    places.filter(({ finding }) => finding.automation === automation).slice(0, shownOfEachKind),
  );
  const hidden = places.length - shown.length;
  return [
    ...shown.map((place) => renderPlace(place, folder)),
    ...(hidden > 0
      ? [
          `amazon-pay-migrate: ${formatCount(hidden, 'more place')} without an annotation (GitHub shows ten of each kind).`,
        ]
      : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function renderPlace({ finding, standing }: Place, folder: string): string {
  const { file, range, rule, automation, message, guidance } = finding;
  const properties = {
    file: folder === '' ? file : `${folder}/${file}`,
    line: String(range.start.line),
    endLine: String(range.end.line),
    // Columns are for one line only.
    ...(range.start.line === range.end.line
      ? { col: String(range.start.column), endColumn: String(range.end.column) }
      : {}),
    title: `${standing === 'new' ? 'New: ' : ''}${titleOf(rule)} (${rule})`,
  };
  const described = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${kinds[automation]} ${described.join(',')}::${escapeData(`${toOneLine(message)}\n${toOneLine(proseOf(guidance))}`)}`;
}

// As @actions/core escapes them: a line break would begin a command of its own.
const escapeData = (text: string): string =>
  toWellFormed(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
