import type { Run } from '../engine/run';
import { createColours, type Colours } from './colours';
import { formatCount, formatEffort, formatReadiness } from './format-figures';
import { groupFindings } from './group-findings';
import { listCredentials } from './list-credentials';
import { toOneLine } from './plain-text';
import { sayScope } from './say-scope';
import { suggestNext, type Stage } from './suggest-next';
import { renderActionGroup } from './terminal-findings';
import { renderFileNotes } from './terminal-files';

export interface TerminalOptions {
  readonly colour: boolean;
  readonly stage: Stage;
  /** Path and options that shaped the run, so that the next command is about the same files. */
  readonly scope: readonly string[];
}

/** The report for a person at a terminal: what happened, what to do next, and the command for it. */
export function renderTerminal(run: Run, options: TerminalOptions): string {
  const colours = createColours(options.colour);
  const groups = groupFindings(run);
  const sections = [
    renderHeader(run, colours),
    ...groups.map((group, index) => renderActionGroup(group, index + 1, options.stage, colours)),
    renderCredentials(run, colours),
    renderFileNotes(run, colours),
    renderNext(run, options, colours),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderHeader(run: Run, colours: Colours): string {
  const { files, findings, readiness, effortMinutes } = run.summary;
  const places = new Set(run.findings.map((finding) => finding.file)).size;
  const lines = [
    colours.bold(`Amazon Pay migration: ${run.command} of ${toOneLine(run.root)}`),
    `${formatCount(findings.total, 'legacy place')} in ${formatCount(places, 'file')} ` +
      `(${formatCount(files.scanned, 'file')} looked at, ${files.analysed} analysed)`,
  ];
  const scope = sayScope(run);
  if (scope !== undefined) lines.push(colours.yellow(toOneLine(scope)));
  if (findings.total > 0) {
    lines.push(
      `automatic ${findings.automatic}, assisted ${findings.assisted}, manual ${findings.manual}; ` +
        `migrated ${findings.migrated}, open ${findings.open}`,
      `Readiness ${formatReadiness(readiness)}, about ${formatEffort(effortMinutes)} of work left`,
    );
  }
  return lines.join('\n');
}

function renderCredentials(run: Run, colours: Colours): string {
  const credentials = listCredentials(run);
  if (credentials.length === 0) return '';
  const width = Math.max(...credentials.map(({ name }) => name.length));
  return [
    colours.bold('Set before the migrated code runs'),
    ...credentials.map(({ name, purpose }) => `   ${name.padEnd(width)}  ${purpose}`),
  ].join('\n');
}

function renderNext(run: Run, options: TerminalOptions, colours: Colours): string {
  const { sentence, command } = suggestNext(run, options.stage, options.scope);
  return command === null ? sentence : `${sentence}\n   ${colours.cyan(command)}`;
}
