import { LedgerError } from './ledger-error';
import { DAY, schedule, SECOND, type Posting } from './posting';
import type { Environment, Instant, Report, ReportSchedule } from './rows';

/** The sandbox has one report only (facts: api-mapping.md section 5). */
const SANDBOX_REPORT = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_';
const REPORT = /^_GET_FLAT_FILE_OFFAMAZONPAYMENTS_[A-Z_]+_DATA_$/;

function checkType(type: string, environment: Environment): void {
  const isKnown = environment === 'sandbox' ? type === SANDBOX_REPORT : REPORT.test(type) && type !== SANDBOX_REPORT;
  if (!isKnown) throw new LedgerError('InvalidParameterValue', `The ${environment} environment has no report ${type}.`);
}

export interface ReportInput {
  readonly environment: Environment;
  readonly type: string;
  readonly startTime: Instant;
  readonly endTime: Instant;
}

/** Asks for a report. It is made after a while. */
export function createReport(posting: Posting, { environment, type, startTime, endTime }: ReportInput): Report {
  checkType(type, environment);
  if (startTime > endTime) throw new LedgerError('InvalidParameterValue', 'startTime is later than endTime.');
  const id = posting.ids.digits(11);
  schedule(posting, posting.now + posting.settings.decisionSeconds * SECOND, 'report.finish', id);
  return posting.store.put('reports', {
    id,
    environment,
    type,
    status: 'IN_PROGRESS',
    startTime,
    endTime,
    createdAt: posting.now,
    finishedAt: null,
    documentId: null,
  });
}

export function finishReport({ store, now, ids }: Posting, id: string): void {
  const report = store.get('reports', id);
  if (report === undefined) return;
  store.put('reports', { ...report, status: 'COMPLETED', finishedAt: now, documentId: ids.digits(11) });
}

const DURATION = /^P(?=\d|T\d)(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/;

/** Milliseconds of an ISO 8601 duration such as PT84H. */
function readDuration(text: string): number {
  const [, days = '0', hours = '0', minutes = '0'] = DURATION.exec(text) ?? [];
  const duration = Number(days) * DAY + Number(hours) * 3_600_000 + Number(minutes) * 60_000;
  if (duration === 0) throw new LedgerError('InvalidParameterValue', `scheduleFrequency ${text} is no duration.`);
  return duration;
}

export interface ScheduleInput {
  readonly environment: Environment;
  readonly type: string;
  readonly frequency: string;
  readonly nextAt: Instant;
  readonly replaces: boolean;
}

/** One schedule for each type of report (facts: api-mapping.md section 5). */
export function createReportSchedule(posting: Posting, input: ScheduleInput): ReportSchedule {
  const { environment, type, frequency, replaces } = input;
  checkType(type, environment);
  const step = readDuration(frequency);
  for (const other of posting.store.all('reportSchedules'))
    if (other.type === type && other.environment === environment) {
      if (!replaces)
        throw new LedgerError(
          'ReportScheduleExists',
          `There is a schedule for ${type}: ask for deleteExistingSchedule.`,
        );
      posting.store.remove('reportSchedules', other.id);
    }
  const missed = Math.max(0, Math.ceil((posting.now - input.nextAt) / step));
  const row = { id: posting.ids.digits(11), environment, type, frequency, nextAt: input.nextAt + missed * step };
  schedule(posting, row.nextAt, 'report.runSchedule', row.id);
  return posting.store.put('reportSchedules', row);
}

export function runReportSchedule(posting: Posting, id: string): void {
  const row = posting.store.get('reportSchedules', id);
  if (row === undefined) return;
  const { environment, type, frequency, nextAt } = row;
  const step = readDuration(frequency);
  createReport(posting, { environment, type, startTime: nextAt - step, endTime: nextAt });
  posting.store.put('reportSchedules', { ...row, nextAt: nextAt + step });
  schedule(posting, nextAt + step, 'report.runSchedule', id);
}
