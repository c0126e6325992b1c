import type { FileOutcome, Run } from '../engine/run';
import type { Colours } from './colours';
import { formatCount } from './format-figures';
import { toOneLine } from './plain-text';

const filesShown = 20;

/** What happened to files that were not simply read: failed ones are named, skipped ones counted by reason. */
export function renderFileNotes(run: Run, colours: Colours): string {
  return [renderFailed(run.files, colours), renderSkipped(run.files, colours)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderFailed(files: readonly FileOutcome[], colours: Colours): string {
  const failed = files.filter((file) => file.status === 'failed');
  if (failed.length === 0) return '';
  const hidden = failed.length - filesShown;
  return [
    colours.bold(colours.red(`Could not be processed (${formatCount(failed.length, 'file')})`)),
    ...failed.slice(0, filesShown).map((file) => `   ${toOneLine(file.path)}  ${toOneLine(file.error ?? file.reason)}`),
    ...(hidden > 0 ? [colours.dim(`   … and ${hidden} more: see all with --report report.json`)] : []),
  ].join('\n');
}

function renderSkipped(files: readonly FileOutcome[], colours: Colours): string {
  const byReason = new Map<string, FileOutcome[]>();
  for (const file of files) {
    if (file.status !== 'skipped') continue;
    const group = byReason.get(file.reason);
    if (group === undefined) byReason.set(file.reason, [file]);
    else group.push(file);
  }
  if (byReason.size === 0) return '';
  const groups = [...byReason].sort(([, a], [, b]) => b.length - a.length);
  return [
    colours.bold('Left alone'),
    ...groups.slice(0, filesShown).map(([reason, group]) => {
      const example = toOneLine(group[0]?.path ?? '');
      return `   ${formatCount(group.length, 'file')}: ${toOneLine(reason)} ${colours.dim(`(${group.length > 1 ? 'such as ' : ''}${example})`)}`;
    }),
  ].join('\n');
}
