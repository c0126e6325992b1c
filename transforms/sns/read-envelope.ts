import { isObject, readJson, type JsonObject } from '../ipn/read-json';
import { IpnRefusedError } from '../ipn/refusal';
import { refuseMessage } from './sns-error';

export const messageTypes = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const;
export type SnsMessageType = (typeof messageTypes)[number];

/** What is signed, and what is needed to check it. Nothing else of a message leaves the reader. */
export interface SnsEnvelope {
  readonly Type: SnsMessageType;
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Message: string;
  readonly Timestamp: string;
  /** Signed when it is there. */
  readonly Subject?: string;
  /** Of confirmations only. */
  readonly SubscribeURL?: string;
  readonly Token?: string;
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
}

/**
 * The form of each field but `Message`, which may hold anything. Fields are signed one behind the other with line breaks
 * between: a field that may hold a line break could swallow its neighbour, and the signature would still fit.
 */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const FORMS = {
  MessageId: UUID,
  TopicArn: /^arn:aws(?:-[a-z]+)*:sns:[a-z0-9-]{3,32}:\d{12}:[\w-]{1,256}$/,
  Timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/,
  Subject: /^[^\p{Cc}\u2028\u2029]{1,256}$/u,
  SubscribeURL: /^https:\/\/[!-~]{1,2048}$/,
  Token: /^[\w.~+/=-]{1,2048}$/,
  SignatureVersion: /^[0-9]{1,4}$/,
  Signature: /^[A-Za-z0-9+/]{1,2048}={0,2}$/,
  SigningCertURL: /^[!-~]{1,2048}$/,
} as const satisfies Partial<Record<keyof SnsEnvelope, RegExp>>;

/** AWS Lambda writes these otherwise (facts: ipn.md section 1). */
const LAMBDA_SPELLING: Readonly<Record<string, string>> = {
  SigningCertURL: 'SigningCertUrl',
  SubscribeURL: 'SubscribeUrl',
};

function findEnvelope(input: unknown): JsonObject {
  try {
    const body = readJson(input, '');
    const records = body['Records'];
    if (!Array.isArray(records)) return body;
    const [record, ...others] = records as readonly unknown[];
    const envelope = isObject(record) && others.length === 0 ? record['Sns'] : undefined;
    return isObject(envelope)
      ? envelope
      : refuseMessage('no-envelope', 'Records', 'Not one record of SNS; verify each record by itself.');
  } catch (error) {
    if (!(error instanceof IpnRefusedError)) throw error;
    const { at, message } = error.refusal;
    return refuseMessage('unreadable', at, message, { cause: error });
  }
}

function readOptional(body: JsonObject, name: string): unknown {
  const other = LAMBDA_SPELLING[name];
  const value = body[name];
  const spelled = other === undefined ? undefined : body[other];
  if (value != null && spelled != null && value !== spelled)
    refuseMessage('field-form', name, `${name} and ${other} say different things.`);
  return value ?? spelled;
}

function readText(body: JsonObject, name: keyof SnsEnvelope): string {
  const value = readOptional(body, name);
  if (value == null || value === '') refuseMessage('missing-field', name, `${name} is missing.`);
  if (typeof value !== 'string') refuseMessage('field-form', name, `${name} is no text.`);
  const form: RegExp | undefined = name in FORMS ? FORMS[name as keyof typeof FORMS] : undefined;
  if (form !== undefined && !form.test(value)) refuseMessage('field-form', name, `${name} has not the form of one.`);
  return value;
}

const isMessageType = (type: string): type is SnsMessageType => (messageTypes as readonly string[]).includes(type);

/** Reads the envelope of an SNS message from text, bytes, parsed JSON or the event of a Lambda function. */
export function readEnvelope(input: unknown): SnsEnvelope {
  const body = findEnvelope(input);
  if (body['Type'] === undefined && body['Signature'] === undefined)
    refuseMessage(
      'no-envelope',
      '',
      'No envelope of SNS. Raw delivery has none, and no signature: it cannot be verified.',
    );
  const Type = readText(body, 'Type');
  if (!isMessageType(Type))
    refuseMessage('unknown-type', 'Type', `${JSON.stringify(Type.slice(0, 40))} is no type of SNS.`);
  const isConfirmation = Type !== 'Notification';
  // Lambda sends null for an absent Subject. An empty one is signed, for all that is known, by no one.
  const hasSubject = !isConfirmation && body['Subject'] != null;
  return {
    Type,
    MessageId: readText(body, 'MessageId'),
    TopicArn: readText(body, 'TopicArn'),
    Message: readText(body, 'Message'),
    Timestamp: readText(body, 'Timestamp'),
    ...(hasSubject ? { Subject: readText(body, 'Subject') } : {}),
    ...(isConfirmation ? { SubscribeURL: readText(body, 'SubscribeURL'), Token: readText(body, 'Token') } : {}),
    SignatureVersion: readText(body, 'SignatureVersion'),
    Signature: readText(body, 'Signature'),
    SigningCertURL: readText(body, 'SigningCertURL'),
  };
}
