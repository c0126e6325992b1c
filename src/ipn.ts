/**
 * `import { translate } from 'amazon-pay-migrate/ipn'`: what a handler needs while notifications of both versions arrive.
 * Light enough for production: no parser of source code is behind it. Only `createSnsVerifier` opens connections, to the
 * host of Amazon SNS of the topics that it is given.
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

export { createSnsVerifier } from './amazon-pay/sns-verifier';
export type { SnsVerifier, SnsVerifierOptions, VerifiedMessage } from './amazon-pay/sns-verifier';
export type { SnsEnvelope, SnsMessageType } from '../transforms/sns/read-envelope';
export { SnsVerificationError } from '../transforms/sns/sns-error';
export type { SnsErrorCode } from '../transforms/sns/sns-error';
