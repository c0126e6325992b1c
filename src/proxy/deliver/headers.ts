import type { Mode } from '../modes/mode';
import type { Role } from '../store/attempts';
import type { StoredMessage } from '../store/inbox';
import type { Shape } from './shape';
import { signDelivery } from './sign';

/** Of what SNS sent, these go along; nothing else does, whatever it is called. */
const forwarded = [
  'content-type',
  'x-amz-sns-message-type',
  'x-amz-sns-message-id',
  'x-amz-sns-topic-arn',
  'x-amz-sns-subscription-arn',
  'x-amz-sns-rawdelivery',
  'user-agent',
] as const;

const isPlain = (value: string | undefined): value is string => value !== undefined && /^[ -~]{1,1024}$/.test(value);

export interface Told {
  readonly message: Pick<StoredMessage, 'headers' | 'message_id' | 'kind'>;
  readonly body: Uint8Array;
  readonly shape: Shape;
  readonly mode: Mode;
  readonly role: Role;
  readonly idempotencyKey: string | null;
  /** Attempts that had an end, and this one. What a crash interrupted is sent again under its number. */
  readonly attempt: number;
  /** The id of the replay, where it is one. */
  readonly replay: string | null;
  readonly now: number;
}

/** The headers of a delivery. */
export function headersFor(told: Told, secret: string): Record<string, string> {
  const { message, body, role } = told;
  const headers: Record<string, string> = {};
  for (const name of forwarded) {
    const value = message.headers[name];
    if (isPlain(value)) headers[name] = value;
  }
  headers['content-type'] ??= 'text/plain; charset=UTF-8';
  const timestamp = new Date(told.now).toISOString();
  return {
    ...headers,
    'x-amazon-pay-proxy-mode': told.mode,
    'x-amazon-pay-proxy-role': role,
    'x-amazon-pay-proxy-message-id': message.message_id,
    'x-amazon-pay-proxy-shape': told.shape,
    'x-amazon-pay-proxy-attempt': String(told.attempt),
    'x-amazon-pay-proxy-timestamp': timestamp,
    'x-amazon-pay-proxy-signature': signDelivery({ timestamp, role, body }, secret),
    ...(told.idempotencyKey === null ? {} : { 'idempotency-key': told.idempotencyKey }),
    ...(told.replay === null ? {} : { 'x-amazon-pay-proxy-replay': told.replay }),
  };
}
