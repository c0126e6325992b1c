import type { BoundedDocument } from '../bounded-document';
import type { Colours } from '../colours';
import { escapeMarkdown } from '../escape-markdown';
import { formatCount } from '../format-figures';
import { toOneLine } from '../plain-text';
import type { Report } from '../report';
import { cutoverSchema, isInTheWay, type Cutover } from './judge-cutover';

/** The answer in one line. */
export function sayReadiness({ isReady, steps, reservations }: Cutover): string {
  const { length } = reservations;
  const but = length === 0 ? '' : `, with ${formatCount(length, 'reservation')}`;
  return isReady
    ? `Ready for cutover${but}.`
    : `Not ready for cutover: ${formatCount(steps.filter(isInTheWay).length, 'step')} to go.`;
}

/** The gate for a person at a terminal: what stands in the way, in order; what is done stays short. */
export function renderCutoverTerminal(cutover: Cutover, colours: Colours): string {
  const lines = cutover.steps.flatMap(({ name, found, wanted, isMet, part, advice }, index) => {
    const number = `${String(index + 1).padStart(2)}.`;
    const figures = isMet ? toOneLine(found) : `${toOneLine(found)}; wanted: ${toOneLine(wanted)}`;
    const mark = isMet ? colours.green('done') : part === 'afterwards' ? colours.dim('later') : colours.red('open');
    const head = `${number} ${mark.padEnd(4)}  ${toOneLine(name)}: ${figures}`;
    return isMet ? [head] : [head, `          → ${toOneLine(advice)}`];
  });
  const reservations = cutover.reservations.map((text) => `  ${colours.yellow('but')}       ${toOneLine(text)}`);
  return [colours.bold(sayReadiness(cutover)), ...reservations, ...lines, ''].join('\n');
}

/** The gate for a pull request, ticked where it is done. */
export function addCutover(document: BoundedDocument, cutover: Cutover): void {
  const rows = cutover.steps.map(({ name, found, wanted, isMet, part, advice }) => {
    const later = part === 'afterwards' && !isMet ? ' *(after the cutover)*' : '';
    const missing = isMet ? '' : `, wanted: ${escapeMarkdown(wanted)}. ${escapeMarkdown(advice)}`;
    return `- [${isMet ? 'x' : ' '}] **${escapeMarkdown(name)}**${later} ${escapeMarkdown(found)}${missing}`;
  });
  const reservations = cutover.reservations.map((text) => `> **But:** ${escapeMarkdown(text)}\n`);
  document.add([`### ${sayReadiness(cutover)}`, '', ...reservations, ...rows, ''].join('\n'), 'section');
}

/** The gate as JSON, validated on the way out. */
export function renderCutoverJson(
  { run, progress }: Report,
  { isReady, steps, reservations, evidence }: Cutover,
): string {
  const document = {
    schemaVersion: 1,
    tool: run.tool,
    kind: 'cutover',
    root: run.root,
    startedAt: run.startedAt,
    isReady,
    steps,
    reservations,
    code: run.summary,
    evidence,
    progress,
  };
  return `${JSON.stringify(cutoverSchema.parse(document), null, 2)}\n`;
}
