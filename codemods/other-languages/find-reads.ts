import { elements } from '../../src/catalog';
import { isEnvelope, STATUS, v2PathOf, v2StatusOf } from '../raw-mws/v2-path';
import type { ClientFollower } from './follow-clients';
import type { FileNames } from './names';
import type { Place } from './place';

const ID = /^Amazon(?:OrderReference|BillingAgreement|Authorization|Capture|Refund)Id$/;
/** Getters of typed answers: `GetCaptureState()`. */
const STATE = /^(Authorization|Capture|Refund|OrderReference|BillingAgreement)State$/;
/** `AuthorizeResponse/AuthorizeResult/AuthorizationDetails/AuthorizationStatus` */
const XPATH = /^[./]{0,3}(?:\{[^{}]*\}|\w+:)?\w+(?:\/{1,2}(?:\{[^{}]*\}|\w+:)?\w+)+$/;
const NAMESPACE = /\{[^{}]*\}|\w+:/g;

/** The names of an answer, from the first that only legacy has. */
function legacyPart(names: readonly string[]): readonly string[] | undefined {
  const first = names.findIndex(
    (name, index) =>
      isEnvelope(name) ||
      ID.test(name) ||
      STATE.test(name) ||
      (STATUS.test(name) && /^(?:State|Reason(?:Code|Description))$/.test(names[index + 1] ?? '')),
  );
  if (first === -1) return undefined;
  // The object that it is of: `['CaptureDetails']['CaptureStatus']`.
  const isOfObject = elements[names[first - 1] ?? ''] !== undefined;
  return names.slice(isOfObject ? first - 1 : first);
}

function v2Of(names: readonly string[]): string | null {
  const last = names[names.length - 1] ?? '';
  if (STATE.test(last)) return 'statusDetails.state';
  return STATUS.test(names[0] ?? '') ? v2StatusOf(names.join('.')) : v2PathOf(names);
}

/** `$client->success` says whether the last call was answered with 200; the v2 client of PHP throws when it is asked. */
function isSuccessOfClient(file: FileNames, read: FileNames['reads'][number], follower: ClientFollower): boolean {
  if (read.names[0] !== 'success' || read.holder === undefined) return false;
  const held = follower.heldBy(file, read.holder.scope, read.holder.of);
  return held?.what.kind === 'legacy' && held.what.row.role === 'client';
}

/** Places that take a legacy answer apart, by keys, fields, getters or paths. */
export function findReads(file: FileNames, follower: ClientFollower): Place[] {
  const successes = file.reads
    .filter((read) => isSuccessOfClient(file, read, follower))
    .map(({ node }): Place => ({
      file,
      node,
      rule: 'other-language/response-read',
      confidence: 'high',
      legacy: { name: 'success' },
      replacement: { name: 'status' },
      message: 'success of the client is read; the v2 client has no such field, the answer has a status.',
    }));
  return [...successes, ...findPaths(file)];
}

function findPaths(file: FileNames): Place[] {
  const paths = file.texts
    .filter(({ text }) => XPATH.test(text))
    .map(({ text, node }) => ({
      names: text
        .replace(NAMESPACE, '')
        .split('/')
        .filter((part) => part !== '' && part !== '.'),
      node,
    }));
  return [...file.reads, ...paths].flatMap(({ names, node }): Place[] => {
    const legacy = legacyPart(names);
    if (legacy === undefined) return [];
    const name = legacy.join('.');
    const replacement = v2Of(legacy);
    return [
      {
        file,
        node,
        rule: 'other-language/response-read',
        confidence: legacy.length > 1 ? 'high' : 'medium',
        legacy: { name },
        replacement: replacement === null ? null : { name: replacement },
        message:
          replacement === null
            ? `${name} is read from a legacy answer.`
            : `${name} is read from a legacy answer; in v2 it is ${replacement}.`,
      },
    ];
  });
}
