import { emitHelper, type HelperOptions } from '../../../codemods/emitted-helper/emit-helper';
import type { EmittedStyle } from '../../../codemods/emitted-helper/style';
import type { HelperFunction } from '../../../codemods/v2-request/types';

export const ALL_FUNCTIONS: readonly HelperFunction[] = [
  'withRetry',
  'send',
  'sendCharge',
  'toCallback',
  'toChargeId',
  'idempotencyKey',
  'price',
  'toPrice',
  'shorten',
  'isTrue',
  'isoTimestamp',
  'besideLegacy',
  'fetchNotification',
  'fetchSignedNotification',
  'fetchNotificationAsXml',
  'verifyMessage',
  'answerErrors',
];

export const PLAIN_STYLE: EmittedStyle = { quote: "'", unit: '  ', eol: '\n', semicolons: true };

/** Emits with the plain style, in CommonJS, unless told otherwise. */
export function emit(functions: readonly HelperFunction[], more: Partial<HelperOptions> = {}): string {
  return emitHelper({ ...PLAIN_STYLE, format: 'commonjs', functions: new Set(functions), ...more });
}
