/**
 * `import { translate } from 'amazon-pay-migrate/ipn'`: what a handler needs while notifications of both versions arrive.
 * Light enough for production: no parser of source code is behind it, and nothing here opens a connection.
 */
export { toLegacyStatus, UnknownStateError } from '../transforms/ipn/legacy-status';
export type {
  LegacyAuthorizationStatus,
  LegacyObjectStatus,
  LegacyStatus,
  NotInV2,
} from '../transforms/ipn/legacy-status';
export type { Refusal, RefusalCode } from '../transforms/ipn/refusal';
export { translate } from '../transforms/ipn/translate';
export type { Fetch, Notification, Translation } from '../transforms/ipn/translation';
