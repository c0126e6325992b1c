import type { Conversion, FactConfidence, Operation, RequestField } from '../../catalog/types';
import { formatRow, type Display } from './display';
import { describeAutomation, describeEffort } from './explain-rule';
import { wrap } from './wrap';

/** One legacy operation in words: the v2 request that takes its place, and where each of its parameters goes. */
export function explainOperation(operation: Operation, { colours, width }: Display): string {
  const fields = Object.entries(operation.request);
  const nameWidth = Math.max(0, ...fields.map(([name]) => name.length));
  return [
    colours.bold(`${operation.name} (legacy, ${operation.phase})`),
    '',
    formatRow('v2', describeV2(operation), width),
    formatRow('Automation', describeAutomation(operation.automation), width),
    formatRow('Effort', describeEffort(operation), width),
    formatRow('Documented', `${operation.docs}${describeConfidence(operation.confidence)}`, width),
    '',
    wrap(operation.guidance, width),
    ...(operation.declines === true ? ['', wrap(DECLINE, width)] : []),
    ...(fields.length > 0 ? ['', 'Parameters'] : []),
    ...fields.map(([name, field]) => wrap(`   ${name.padEnd(nameWidth)}  ${describeField(field)}`, width, '       ')),
    ...describeConstants(operation),
    '',
  ].join('\n');
}

const DECLINE =
  'A decline was HTTP 200 with State: Declined; in v2 the call is rejected. The emitted sendCharge answers it as a declined Charge, so that it stays a state in your code.';

const describeV2 = ({ v2 }: Operation): string => (v2 === null ? 'no counterpart' : `${v2.http}  ${v2.sdkMethod}(…)`);

/** `→ path.chargeId (authorization id to Charge id)`, or why there is no counterpart. */
export function describeField(field: RequestField): string {
  const target = field.to === null ? 'no counterpart' : `→ ${field.to}`;
  const details = [
    field.via === undefined ? null : describeConversion(field.via),
    field.maxLength === undefined ? null : `at most ${field.maxLength} characters`,
    field.whenAbsent === undefined ? null : `${field.whenAbsent} when absent`,
    field.onlyWith === undefined ? null : `only together with ${field.onlyWith}`,
  ].filter((detail) => detail !== null);
  const because = field.because === undefined ? '' : `: ${field.because}`;
  const confidence = field.confidence === undefined ? '' : describeConfidence(field.confidence);
  return `${target}${details.length > 0 ? ` (${details.join(', ')})` : ''}${because}${confidence}`;
}

function describeConversion(via: Conversion): string | null {
  switch (via) {
    case 'same':
    case 'text':
      return null;
    case 'toChargeId':
      return 'authorization id to Charge id';
    case 'idempotencyKey':
      return 'as an idempotency key of its own for each operation';
    case 'price':
      return 'as {amount, currencyCode}, the amount a string';
    case 'boolean':
      return 'as a boolean';
    case 'pendingAuthorization':
      return '0 becomes false, anything else true';
  }
}

function describeConstants(operation: Operation): string[] {
  const constants = Object.entries(operation.v2?.constants ?? {});
  if (constants.length === 0) return [];
  return ['', 'Sent in addition', ...constants.map(([name, value]) => `   ${name}: ${value}`)];
}

/** What is not confirmed must not read like a fact. */
export function describeConfidence(confidence: FactConfidence): string {
  switch (confidence) {
    case 'confirmed':
      return '';
    case 'likely':
      return ' (likely, not confirmed by Amazon)';
    case 'unconfirmed':
      return ' (unconfirmed: check with Amazon)';
    case 'advice':
      return ' (our advice)';
  }
}
