import type { Run } from '../engine/run';
import { groupFindings } from './group-findings';
import { showControlCharacters } from './plain-text';
import { sayUnseen } from './say-scope';

/**
 * Where the merchant stands. The run alone does not tell a dry `migrate` from a written one, and a saved run may be old.
 */
export type Stage = 'audited' | 'previewed' | 'written' | 'saved';

export interface NextStep {
  readonly sentence: string;
  /** Ready to be pasted into a shell; null when there is nothing to run. */
  readonly command: string | null;
}

const tool = 'npx amazon-pay-migrate';

/** What to do after reading the report. `scope` are the path and options that shaped the run, to be given again. */
export function suggestNext(run: Run, stage: Stage, scope: readonly string[]): NextStep {
  const unseen = sayUnseen(run);
  if (unseen !== undefined) {
    const isEmpty = run.summary.files.scanned === 0 && run.scope === undefined;
    return {
      sentence: `${unseen}${isEmpty ? ' Check the path, --include, and your ignore files.' : ''}`,
      command: null,
    };
  }
  if (run.summary.findings.total === 0 && run.summary.files.failed > 0) {
    return { sentence: 'Nothing is listed, but look at the files that could not be processed.', command: null };
  }
  if (run.summary.findings.total === 0) {
    return { sentence: 'No legacy Amazon Pay was found: there is nothing to migrate here.', command: null };
  }
  const migrate = [tool, 'migrate', ...scope.map(quoteForShell)].join(' ');
  if (stage === 'previewed' && run.summary.files.changed > 0) {
    return { sentence: 'Nothing was written. To apply these changes:', command: `${migrate} --write` };
  }
  if (stage === 'written' && run.summary.files.changed > 0) {
    return {
      sentence: `Read the changes (git diff), ${describeInstall(run)}run your tests, then see what is left:`,
      command: [tool, 'audit', ...scopeOfAudit(scope).map(quoteForShell)].join(' '),
    };
  }
  const isWorthMigrating = run.findings.some(
    (finding) => finding.status === 'migrated' || finding.automation !== 'manual',
  );
  if ((stage === 'audited' || stage === 'saved') && isWorthMigrating) {
    return { sentence: 'To see what the codemods would change (nothing is written):', command: migrate };
  }
  return suggestExplain(run);
}

/** `audit` looks at the same files and rules; it does not have the options that decide what is written. */
function scopeOfAudit(scope: readonly string[]): readonly string[] {
  return scope.filter((part, at) => !['--scaffold', '--strategy'].includes(part) && scope[at - 1] !== '--strategy');
}

/** Lock files are left to the package manager; the dependency rules say which one it is. */
function describeInstall({ findings }: Run): string {
  const commands = findings.flatMap(({ rule, status, guidance }) =>
    rule.startsWith('dependency/') && status === 'migrated' ? (/`(\w+ install)`/.exec(guidance)?.[1] ?? []) : [],
  );
  const [node] = findings.flatMap(({ rule, guidance }) =>
    rule === 'dependency/v2-sdk' ? (/Node \d+ and newer/.exec(guidance) ?? []) : [],
  );
  const needs = node === undefined ? '' : ` (migrated code runs on ${node})`;
  return commands.length === 0 ? '' : `run ${[...new Set(commands)].sort().join(' and ')}${needs}, `;
}

function suggestExplain(run: Run): NextStep {
  const open = groupFindings(run).filter(({ action }) => action !== 'migrated');
  const rule = open.at(-1)?.rules[0]?.rule;
  return rule === undefined
    ? { sentence: 'Nothing is left to do.', command: null }
    : {
        sentence: 'What is left needs you. To read what a rule means:',
        command: `${tool} explain ${quoteForShell(rule)}`,
      };
}

/** Quotes one argument for a POSIX shell when it needs it. */
export function quoteForShell(argument: string): string {
  const text = showControlCharacters(argument);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
