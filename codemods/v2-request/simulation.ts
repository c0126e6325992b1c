/**
 * Legacy sandbox simulations travel as JSON text in a note; v2 takes them as the header `x-amz-pay-simulation-code`
 * (facts: captures.md 1.3 and 1.4). Only confirmed pairs are here; the rest has no confirmed code.
 */
const CODES: readonly { operations: RegExp; state: string; reason?: string; softDecline?: boolean; code: string }[] = [
  {
    operations: /^Authorize/,
    state: 'Declined',
    reason: 'InvalidPaymentMethod',
    softDecline: true,
    code: 'SoftDeclined',
  },
  {
    operations: /^Authorize/,
    state: 'Declined',
    reason: 'InvalidPaymentMethod',
    softDecline: false,
    code: 'HardDeclined',
  },
  { operations: /^Authorize/, state: 'Declined', reason: 'AmazonRejected', code: 'AmazonRejected' },
  { operations: /^Authorize/, state: 'Declined', reason: 'TransactionTimedOut', code: 'TransactionTimedOut' },
  { operations: /^Capture$/, state: 'Pending', code: 'CaptureInitiated' },
  { operations: /^Capture$/, state: 'Declined', reason: 'AmazonRejected', code: 'AmazonRejected' },
  { operations: /^CloseOrderReference$/, state: 'Closed', reason: 'AmazonClosed', code: 'AmazonClosed' },
];

export const mentionsSimulation = (text: string): boolean => /SandboxSimulation/.test(text);

const textOf = (source: string, key: string): string | undefined =>
  new RegExp(`["']?${key}["']?\\s*:\\s*["']?(\\w+)`).exec(source)?.[1];

/**
 * Reads a simulation written as a literal, JSON text or object, and returns the v2 code; undefined when there is no
 * confirmed one, or when it is not written out.
 */
export function simulationCode(operation: string, noteText: string): string | undefined {
  const state = textOf(noteText, 'State');
  const reason = textOf(noteText, 'ReasonCode');
  const softDecline = textOf(noteText, 'SoftDecline') === 'true';
  return CODES.find(
    (row) =>
      row.operations.test(operation) &&
      row.state === state &&
      row.reason === reason &&
      (row.softDecline === undefined || row.softDecline === softDecline),
  )?.code;
}
