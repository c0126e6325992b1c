import { LedgerError } from '../ledger/ledger-error';
import { DAY, find, SECOND } from '../ledger/posting';
import { createReport, createReportSchedule } from '../ledger/reports';
import type { Instant, Report, ReportSchedule } from '../ledger/rows';
import type { Call, Operation } from './operation';
import { V2Error } from './reply';
import { createReportBody, createReportScheduleBody, parseBody } from './schemas';
import { basicTime, type Json } from './views';

/** The link to a report is good for so long (facts: api-mapping.md section 5). */
const LINK_SECONDS = 30;
const PAGE_SIZES = { usual: 10, most: 100 } as const;

const timeOrNull = (at: Instant | null): string | null => (at === null ? null : basicTime(at));

/** Keys in the order that the test script of the SDK asks for. */
const viewReport = (report: Report): Json => ({
  createdTime: basicTime(report.createdAt),
  endTime: basicTime(report.endTime),
  processingEndTime: timeOrNull(report.finishedAt),
  processingStartTime: basicTime(report.createdAt),
  processingStatus: report.status,
  reportDocumentId: report.documentId,
  reportId: report.id,
  reportType: report.type,
  startTime: basicTime(report.startTime),
});

const viewSchedule = ({ id, type, frequency, nextAt }: ReportSchedule): Json => ({
  nextReportCreationTime: basicTime(nextAt),
  reportScheduleId: id,
  reportType: type,
  scheduleFrequency: frequency,
});

/** Times come in the basic form and in the extended one. */
export function readTime(name: string, text: string): Instant {
  const at = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6'));
  if (Number.isNaN(at)) throw new V2Error('InvalidParameterValue', `The value of ${name} is no time.`);
  return at;
}

const listOf = (query: URLSearchParams, name: string): readonly string[] | null =>
  query
    .get(name)
    ?.split(',')
    .filter((one) => one !== '') ?? null;

function pageSizeOf(query: URLSearchParams): number {
  const size = Number(query.get('pageSize') ?? PAGE_SIZES.usual);
  if (!Number.isInteger(size) || size < 1 || size > PAGE_SIZES.most)
    throw new V2Error('InvalidParameterValue', `The value of pageSize is no number from 1 to ${PAGE_SIZES.most}.`);
  return size;
}

/** `nextToken` is the number of reports to pass over: what a token holds is nobody's business. */
function offsetOf(query: URLSearchParams): number {
  const token = query.get('nextToken') ?? '';
  const text = Buffer.from(token, 'base64url').toString();
  if (token !== '' && !/^\d{1,9}$/.test(text))
    throw new V2Error('InvalidParameterValue', 'The value of nextToken is none that was given out.');
  return Number(text);
}

/** The names of the filters are likely, not confirmed (facts: api-mapping.md section 5). */
export const getReportsOperation: Operation = ({ posting, environment, query }) => {
  const [types, statuses] = [listOf(query, 'reportTypes'), listOf(query, 'processingStatuses')];
  const since = query.get('createdSince');
  const until = query.get('createdUntil');
  const from = since === null ? -Infinity : readTime('createdSince', since);
  const to = until === null ? Infinity : readTime('createdUntil', until);
  const found = [...posting.store.all('reports')]
    .filter((one) => one.environment === environment && (types?.includes(one.type) ?? true))
    .filter((one) => (statuses?.includes(one.status) ?? true) && one.createdAt >= from && one.createdAt <= to)
    .reverse();
  const [offset, size] = [offsetOf(query), pageSizeOf(query)];
  const next = offset + size < found.length ? Buffer.from(String(offset + size)).toString('base64url') : null;
  return { status: 200, body: { reports: found.slice(offset, offset + size).map(viewReport), nextToken: next } };
};

const findReport = ({ posting, environment, id }: Call): Report =>
  find(posting, 'reports', id, environment, 'ReportNotFound');

export const getReportOperation: Operation = (call) => ({ status: 200, body: viewReport(findReport(call)) });

export const createReportOperation: Operation = ({ posting, environment, body }) => {
  const { reportType, startTime, endTime } = parseBody(createReportBody, body);
  const report = createReport(posting, {
    environment,
    type: reportType,
    startTime: startTime == null ? posting.now - 30 * DAY : readTime('startTime', startTime),
    endTime: endTime == null ? posting.now : readTime('endTime', endTime),
  });
  return { status: 201, body: { reportId: report.id } };
};

export const getReportDocumentOperation: Operation = ({ posting, environment, id, origin }) => {
  for (const report of posting.store.all('reports'))
    if (report.documentId === id && report.environment === environment) {
      const url = `${origin}/report-documents/${id}?expires=${posting.now + LINK_SECONDS * SECOND}`;
      return { status: 200, body: { reportDocumentId: id, url, compressionAlgorithm: 'N/A' } };
    }
  throw new LedgerError('ReportNotFound', `The ${environment} environment has no report document ${id}.`);
};

const findSchedule = ({ posting, environment, id }: Call): ReportSchedule =>
  find(posting, 'reportSchedules', id, environment, 'ReportNotFound');

export const getReportSchedulesOperation: Operation = ({ posting, environment, query }) => {
  const types = listOf(query, 'reportTypes');
  const found = [...posting.store.all('reportSchedules')].filter(
    (one) => one.environment === environment && (types?.includes(one.type) ?? true),
  );
  return { status: 200, body: { reportSchedules: found.map(viewSchedule) } };
};

export const getReportScheduleOperation: Operation = (call) => ({
  status: 200,
  body: viewSchedule(findSchedule(call)),
});

export const createReportScheduleOperation: Operation = ({ posting, environment, body }) => {
  const given = parseBody(createReportScheduleBody, body);
  const { id } = createReportSchedule(posting, {
    environment,
    type: given.reportType,
    frequency: given.scheduleFrequency,
    nextAt: readTime('nextReportCreationTime', given.nextReportCreationTime),
    replaces: given.deleteExistingSchedule === true,
  });
  return { status: 201, body: { reportScheduleId: id } };
};

export const cancelReportScheduleOperation: Operation = (call) => {
  call.posting.store.remove('reportSchedules', findSchedule(call).id);
  return { status: 200, body: {} };
};
