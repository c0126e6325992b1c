/** An operation of MWS Reports 2009-01-01, which hands out the reports of Amazon Pay too. */
export interface ReportOperation {
  /** Parameters by which a request is known, without the number of an entry in a list. */
  readonly request: Readonly<Record<string, true>>;
  readonly v2: { readonly sdkMethod: string; readonly http: string } | null;
  /** What to do, in the merchant's words. */
  readonly guidance: string;
}

/** Facts: api-mapping.md section 5. Names of filters and times are only likely there, so that no guidance spells them. */
const TYPES_STAY = 'The types of reports keep their names, and what is in them stays.';

const list: ReportOperation['v2'] = { sdkMethod: 'getReports', http: 'GET /v2/reports' };
const statuses =
  'Statuses are IN_PROGRESS, COMPLETED, FAILED and CANCELLED in place of _SUBMITTED_, _IN_PROGRESS_, _CANCELLED_, _DONE_ and _DONE_NO_DATA_.';

const parameters = (...names: string[]): ReportOperation['request'] =>
  Object.fromEntries(names.map((name) => [name, true]));

const none = (guidance: string, ...names: string[]): ReportOperation => ({
  request: parameters(...names),
  v2: null,
  guidance,
});

const listing = (guidance: string, ...names: string[]): ReportOperation => ({
  request: parameters(...names),
  v2: list,
  guidance,
});

const nextPage = (method: string): string =>
  `${method} answers with a token of the next page, which its next call is given.`;

/** Every operation of MWS Reports, by its action name. */
export const reportOperations: Readonly<Record<string, ReportOperation>> = {
  RequestReport: {
    request: parameters('ReportType', 'StartDate', 'EndDate', 'ReportOptions'),
    v2: { sdkMethod: 'createReport', http: 'POST /v2/reports' },
    guidance: `Ask for the report with createReport, with an idempotency key. ${TYPES_STAY}`,
  },
  GetReportRequestList: listing(
    `List reports with getReports: one list has requests and reports. ${statuses}`,
    'ReportRequestIdList.Id',
    'ReportTypeList.Type',
    'ReportProcessingStatusList.Status',
    'RequestedFromDate',
    'RequestedToDate',
  ),
  GetReportRequestListByNextToken: listing(nextPage('getReports'), 'NextToken'),
  GetReportList: listing(
    `List reports with getReports, and read one with getReportById; there is no acknowledging, so keep which ones were read. getReports changes the object that it is given. ${TYPES_STAY}`,
    'ReportTypeList.Type',
    'ReportRequestIdList.Id',
    'Acknowledged',
    'AvailableFromDate',
    'AvailableToDate',
  ),
  GetReportListByNextToken: listing(nextPage('getReports'), 'NextToken'),
  GetReport: {
    request: parameters('ReportId'),
    v2: { sdkMethod: 'getReportDocument', http: 'GET /v2/report-documents/{reportDocumentId}' },
    guidance:
      'Read the report with getReportById, then its document with getReportDocument: that answers with a link, valid for 30 seconds, from which the file is downloaded. The contents are the same, so that what reads them stays. Whether ids of MWS reports are ids of v2 is not confirmed: take them from getReports.',
  },
  ManageReportSchedule: {
    request: parameters('ReportType', 'Schedule', 'ScheduleDate'),
    v2: { sdkMethod: 'createReportSchedule', http: 'POST /v2/report-schedules' },
    guidance:
      'Make a schedule with createReportSchedule, and end it with cancelReportSchedule. There is one schedule for each type of report.',
  },
  GetReportScheduleList: {
    request: parameters('ReportTypeList.Type'),
    v2: { sdkMethod: 'getReportSchedules', http: 'GET /v2/report-schedules' },
    guidance: 'List schedules with getReportSchedules.',
  },
  GetReportScheduleListByNextToken: {
    request: parameters('NextToken'),
    v2: { sdkMethod: 'getReportSchedules', http: 'GET /v2/report-schedules' },
    guidance: 'List schedules with getReportSchedules.',
  },
  GetReportCount: none('v2 does not count reports: count those that getReports lists.', 'ReportTypeList.Type'),
  GetReportRequestCount: none('v2 does not count reports: count those that getReports lists.', 'ReportTypeList.Type'),
  GetReportScheduleCount: none(
    'v2 does not count schedules: count those that getReportSchedules lists.',
    'ReportTypeList.Type',
  ),
  CancelReportRequests: none(
    'v2 does not take back the request of a report: delete this.',
    'ReportRequestIdList.Id',
    'ReportTypeList.Type',
  ),
  UpdateReportAcknowledgements: none(
    'v2 does not acknowledge reports: keep which ones were read with your own data.',
    'ReportIdList.Id',
    'Acknowledged',
  ),
};
