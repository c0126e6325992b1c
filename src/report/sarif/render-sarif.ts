import { pathToFileURL } from 'node:url';
import type { FileOutcome, Run } from '../../engine/run';
import { listPlaces } from '../list-places';
import { toOneLine } from '../plain-text';
import type { Report } from '../report';
import { describePlace, toUri, uriBaseId } from './describe-place';
import { describeRule } from './describe-rule';

/**
 * The report as SARIF 2.1.0 (OASIS), as code scanning shows it: open places with their rule's help, migrated ones as notes,
 * and under a baseline each with its `baselineState`. Paths are relative to the root of the run.
 */
export function renderSarif(report: Report): string {
  const { run } = report;
  const places = listPlaces(report);
  const ruleIds = [...new Set(places.map(({ finding }) => finding.rule))].sort();
  const indexOf = new Map(ruleIds.map((id, index) => [id, index]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: describeTool(run, ruleIds) },
        automationDetails: { id: `${run.tool.name}/` },
        invocations: [describeInvocation(run)],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [uriBaseId]: describeRoot(run.root) },
        results: places.map((place) => describePlace(place, indexOf.get(place.finding.rule) ?? 0)),
        properties: {
          ...run.summary,
          root: run.root,
          command: run.command,
          ...(report.cutover === null
            ? {}
            : { isReady: report.cutover.isReady, reservations: report.cutover.reservations }),
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describeTool({ tool }: Run, ruleIds: readonly string[]): object {
  return {
    name: tool.name,
    version: tool.version,
    semanticVersion: tool.version,
    informationUri: 'https://developer.amazon.com/docs/amazon-pay-checkout/upgrading-to-v2-checkout.html',
    rules: ruleIds.map(describeRule),
  };
}

function describeInvocation(run: Run): object {
  const failed = run.files.filter(({ status }) => status === 'failed');
  return {
    executionSuccessful: true,
    startTimeUtc: run.startedAt,
    ...(failed.length === 0 ? {} : { toolExecutionNotifications: failed.map(describeFailure) }),
  };
}

function describeFailure({ path, reason, error }: FileOutcome): object {
  return {
    level: 'error',
    message: { text: `${path} could not be processed: ${toOneLine(error ?? reason)}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: toUri(path), uriBaseId } } }],
  };
}

/** A root that is no absolute path (a saved run may say anything) has no URI. */
function describeRoot(root: string): object {
  const description = { text: 'The folder that was looked at.' };
  const absolute = /^[A-Za-z]:[\\/]/.test(root) ? `/${root.replaceAll('\\', '/')}` : root;
  return absolute.startsWith('/')
    ? { uri: `${pathToFileURL(absolute).href.replace(/\/$/, '')}/`, description }
    : { description };
}
