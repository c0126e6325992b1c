import type { Finding } from '../../engine/run';
import type { Place, Standing } from '../list-places';
import { showControlCharacters, toWellFormed } from '../plain-text';
import { levels } from './describe-rule';

/** What the paths of a log are relative to. */
export const uriBaseId = '%SRCROOT%';

const baselineStates: Readonly<Record<Standing, string | undefined>> = {
  open: undefined,
  migrated: undefined,
  new: 'new',
  remaining: 'unchanged',
  fixed: 'absent',
};

/** One result. Two fingerprints: ours, and the one under which code scanning follows a place from push to push. */
export function describePlace({ finding, standing }: Place, ruleIndex: number): object {
  const { rule, automation, confidence, file, fingerprint, message, guidance, docs, surface, effortMinutes } = finding;
  const isDone = standing === 'migrated' || standing === 'fixed';
  const baselineState = baselineStates[standing];
  const fixes = describeFixes(finding);
  return {
    ruleId: rule,
    ruleIndex,
    level: isDone ? 'note' : levels[automation],
    message: {
      text: `${standing === 'migrated' ? 'Migrated: ' : ''}${toText(message)}${/[.!?]$/.test(message) ? '' : '.'}${guidance.includes('\n') ? '\n\n' : ' '}${toText(guidance)}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(file), uriBaseId },
          region: describeRegion(finding),
        },
      },
    ],
    partialFingerprints: { 'amazonPayMigrate/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    ...(baselineState === undefined ? {} : { baselineState }),
    ...(fixes === undefined ? {} : { fixes }),
    properties: { standing, automation, area: surface, confidence, effortMinutes, docs },
  };
}

/** A relative URI: what a path may hold and a URI may not is percent-encoded, a leading `name:` too. */
export const toUri = (path: string): string => toWellFormed(path).split('/').map(encodeURIComponent).join('/');

const toText = (text: string): string => toWellFormed(showControlCharacters(text));

function describeRegion({ range: { start, end } }: Finding): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/**
 * The lines as `migrate` writes them. `before` and `after` are whole lines, shortened when there are many, and masked where
 * they hold a credential: such text must not be put into a file, so there is no fix then.
 */
function describeFixes(finding: Finding): object[] | undefined {
  const { before, after, range, file } = finding;
  if (after === undefined || [before, after].some((text) => text.endsWith('…') || text.includes('***')))
    return undefined;
  const lines = before.split('\n');
  const first = range.start.line;
  const deletedRegion =
    after === ''
      ? { startLine: first, startColumn: 1, endLine: first + lines.length, endColumn: 1 }
      : {
          startLine: first,
          startColumn: 1,
          endLine: first + lines.length - 1,
          endColumn: (lines.at(-1) ?? '').length + 1,
        };
  return [
    {
      description: {
        text: 'What migrate writes here. It is part of a whole: migrate also writes the imports and the module that these lines need.',
      },
      artifactChanges: [
        {
          artifactLocation: { uri: toUri(file), uriBaseId },
          replacements: [{ deletedRegion, ...(after === '' ? {} : { insertedContent: { text: after } }) }],
        },
      ],
    },
  ];
}
