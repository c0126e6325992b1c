import type { Finding, Run } from '../../engine/run';
import { collectBy } from '../group-findings';
import { formatCount, formatEffort } from '../format-figures';
import { isNotification } from '../is-notification';
import { countLeftOut, sayScope } from '../say-scope';
import type { Step } from './step';

/** Legacy keys, hosts and packages stay until nothing needs them: they go after the cutover, and do not hold it up. */
const rulesForAfterwards: ReadonlySet<string> = new Set([
  'configuration/legacy-key',
  'configuration/endpoint',
  'dependency/legacy-client',
  'dependency/install-command',
  'dependency/only-for-legacy',
  'other-language/dependency',
  'other-language/vendored-sdk',
]);

type Test = (finding: Finding) => boolean;

const isLater: Test = ({ rule }) => rulesForAfterwards.has(rule);

/** What the code still needs, in the order in which to do it; each finding is counted in one step. */
const groups: readonly (readonly [id: string, name: string, advice: string, test: Test])[] = [
  [
    'notifications',
    'Notification handlers',
    'A handler that was not migrated lets a v2 notification pass in silence, and the payment is lost. Migrate these first.',
    isNotification,
  ],
  [
    'codemods',
    'Places that the codemods can do',
    'Read the diff of npx amazon-pay-migrate migrate, then write it with --write and run your tests.',
    ({ automation }) => automation === 'automatic',
  ],
  [
    'decisions',
    'Decisions',
    'Rewritten code carries a TODO(amazon-pay-v2) that says what to decide. Decide it, and delete the comment.',
    ({ automation }) => automation === 'assisted',
  ],
  ['by-hand', 'Work by hand', 'Each place says what to do and where Amazon documents it.', () => true],
];

const cleanUp = 'clean-up';

/** The step in which an open place is dealt with. */
export const stepOf = (finding: Finding): string =>
  isLater(finding) ? cleanUp : (groups.find(([, , , test]) => test(finding))?.[0] ?? '');

/** The steps that follow from a run. */
export function listCodeSteps(run: Run): readonly Step[] {
  const { failed } = run.summary.files;
  const open = run.findings.filter(({ status }) => status === 'open');
  const steps = collectBy(open, stepOf);
  return [
    ...describeScope(run),
    {
      part: 'code',
      id: 'failed-files',
      name: 'Files that could not be processed',
      found: formatCount(failed, 'file'),
      wanted: 'none',
      isMet: failed === 0,
      advice: 'Nobody knows what is in them: mend them, or look at them yourself.',
    },
    ...describeWrites(run),
    ...groups.map(([id, name, advice]) => describePlaces('code', id, name, steps.get(id) ?? [], advice)),
    describePlaces('afterwards', cleanUp, 'Clean-up after the cutover', steps.get(cleanUp) ?? [], cleanUpAdvice),
  ];
}

const cleanUpAdvice =
  'Old keys, hosts and packages stay until nothing needs them. Delete them when the legacy handler is switched off.';

/** A run that looked at nothing, at a part, or passed over rules, must not pass for a shop without legacy code. */
function describeScope(run: Run): Step[] {
  const leftOut = countLeftOut(run);
  const scope = sayScope(run);
  if (run.summary.files.scanned > 0 && leftOut === 0 && scope === undefined) return [];
  const unseen = leftOut > 0 ? `${formatCount(leftOut, 'file')} left out by --only or --skip` : 'no file was looked at';
  return [
    {
      part: 'code',
      id: 'scope',
      name: 'An audit of the whole shop',
      found: scope ?? unseen,
      wanted: 'every file, under every rule',
      isMet: false,
      advice: 'Audit the folder of the shop without --only, --skip and --since; give report every share of --shard.',
    },
  ];
}

/** A saved run of `migrate` does not say whether it was written, so what it calls migrated is no proof. */
function describeWrites({ command, summary }: Run): Step[] {
  const { migrated } = summary.findings;
  if (command === 'audit' || migrated === 0) return [];
  return [
    {
      part: 'code',
      id: 'written',
      name: 'Migrated places, written and audited again',
      found: `${formatCount(migrated, 'place')} of a migrate run`,
      wanted: 'an audit of the written code',
      isMet: false,
      advice: 'Write them with npx amazon-pay-migrate migrate --write, then audit again.',
    },
  ];
}

function describePlaces(
  part: Step['part'],
  id: string,
  name: string,
  findings: readonly Finding[],
  advice: string,
): Step {
  const minutes = findings.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0);
  return {
    part,
    id,
    name,
    found: `${formatCount(findings.length, 'open place')}${findings.length === 0 ? '' : `, about ${formatEffort(minutes)}`}`,
    wanted: 'none',
    isMet: findings.length === 0,
    advice,
  };
}
