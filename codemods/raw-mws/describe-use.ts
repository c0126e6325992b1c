import type { ts } from 'ts-morph';
import { operations, reportOperations, type ReportOperation } from '../../src/catalog';
import type { FindingDraft } from '../codemod';
import { describeCall } from './describe-call';
import type { ActionUse } from './find-requests';

/** What a finding says of a place. */
export type Place = Pick<FindingDraft, 'rule' | 'legacy' | 'replacement' | 'message'> & Partial<FindingDraft>;

/** What to say of a place that names or computes the operation of a request. */
export function describeUse({ node, operation }: ActionUse, source: ts.SourceFile): Place {
  if (operation !== undefined) return requestPlace(operation, `MWS ${operation} is requested by hand.`);
  const message = `${node.getText(source).split('\n')[0] ?? ''} requests an operation that is computed: it is listed, not guessed.`;
  return { rule: 'raw-mws/request', legacy: { name: 'computed operation' }, replacement: null, message };
}

function reportPlace(operation: string, { v2, guidance }: ReportOperation): Place {
  const message = `MWS ${operation} is requested by hand, in a project that reads reports of Amazon Pay.`;
  return {
    rule: 'raw-mws/reports',
    legacy: { name: `MWS ${operation}`, operation },
    replacement: v2 === null ? null : { name: v2.sdkMethod, operation: v2.http },
    message: v2 === null ? `${message} v2 has no counterpart.` : `${message} In v2: ${v2.sdkMethod}.`,
    guidance,
  };
}

function requestPlace(operation: string, message: string): Place {
  const report = reportOperations[operation];
  if (report !== undefined) return reportPlace(operation, report);
  const row = operations[operation];
  const v2 = row?.v2 ?? null;
  return {
    rule: 'raw-mws/request',
    legacy: { name: `MWS ${operation}`, operation },
    replacement: v2 === null ? null : { name: v2.sdkMethod, operation: v2.http },
    message: v2 === null ? `${message} v2 has no counterpart.` : `${message} In v2: ${v2.sdkMethod}.`,
    ...(row === undefined ? {} : { guidance: describeCall(row), docs: row.docs }),
  };
}
