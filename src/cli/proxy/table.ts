import { toOneLine } from '../../report/plain-text';
import type { Colours } from '../../report/colours';

/** What is known of the terminal. */
export interface Screen {
  readonly columns: number;
  readonly colours: Colours;
}

export interface Column<Row> {
  readonly title: string;
  /** Text of anyone: control characters in it are made visible before it is shown. */
  readonly value: (row: Row) => string | number | null;
  readonly isNumber?: boolean;
}

const GAP = '  ';
const MAX_CELL = 200;

const cellOf = (value: string | number | null): string =>
  value === null || value === '' ? '-' : toOneLine(String(value), MAX_CELL);

/** How wide a text is on a terminal, near enough: ids, amounts and words of ours are all of one column. */
const widthOf = (text: string): number => [...text].length;

/** Shows rows as a table or, where the terminal is too narrow for it, one value a line. No value is cut to fit. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], screen: Screen): string {
  const cells = rows.map((row) => columns.map(({ value }) => cellOf(value(row))));
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...cells.map((line) => widthOf(line[index] ?? ''))),
  );
  const whole = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
  return whole <= screen.columns ? asTable(columns, cells, widths, screen) : asRecords(columns, cells, screen);
}

function asTable<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  { colours }: Screen,
): string {
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => {
        const padding = ' '.repeat((widths[index] ?? 0) - widthOf(text));
        return columns[index]?.isNumber === true ? padding + text : text + padding;
      })
      .join(GAP)
      .trimEnd();
  return [colours.bold(line(columns.map(({ title }) => title))), ...cells.map(line)].join('\n') + '\n';
}

function asRecords<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  { colours }: Screen,
): string {
  const width = Math.max(...columns.map(({ title }) => widthOf(title)));
  return cells
    .map((line) =>
      line.map((text, index) => `${colours.bold((columns[index]?.title ?? '').padEnd(width))}${GAP}${text}\n`).join(''),
    )
    .join('\n');
}

/** A time, in UTC and to the second: what the logs say too. */
export const showTime = (at: number | null): string =>
  at === null
    ? '-'
    : new Date(at)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');

const units: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** A duration in its largest unit. */
export function showDuration(milliseconds: number): string {
  const [ms, unit] = units.find(([one]) => milliseconds >= one) ?? [1, 'ms'];
  return `${Math.floor(milliseconds / ms)} ${unit}`;
}
