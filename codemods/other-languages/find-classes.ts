import { codeBlock } from '../code-block';
import { operations } from '../../src/catalog';
import type { LegacyClass } from '../../src/catalog/languages';
import { nameClass } from './class-names';
import { describeCode, replacementOf, writeCall } from './describe-v2';
import type { FileNames, Span } from './names';
import type { Place } from './place';

/** Uses of the classes of legacy SDKs by their names: imported, made, extended, taken as a type. Each class once a line. */
export function findClasses(file: FileNames): Place[] {
  const places = new Map<string, Place>();
  const add = (node: Span, place: Place): void => {
    const line = file.unit.text.lastIndexOf('\n', node.start - 1);
    const key = `${line} ${place.legacy.name}`;
    if (!places.has(key)) places.set(key, place);
  };
  for (const { type, node } of file.made) {
    const named = nameClass(file, type);
    if (named.kind === 'legacy') add(node, describeMade(file, node, named.name, named.row));
  }
  for (const { target, local, node } of file.imports) {
    const row = file.language.classes.find(({ name }) => name.test(local === '*' ? `${target}.Client` : target));
    if (row !== undefined && !file.language.lookAlikes.test(target))
      add(node, describeClass(file, node, local === '*' ? `${target}.*` : target, row, 'is imported'));
  }
  for (const { type, node } of file.mentioned) {
    const named = nameClass(file, type);
    if (named.kind === 'legacy') add(node, describeClass(file, node, named.name, named.row, 'is named'));
  }
  return [...places.values()];
}

const NO_CALL = { confidence: 'high' } as const;

function describeMade(file: FileNames, node: Span, name: string, row: LegacyClass): Place {
  const { language } = file;
  if (row.role === 'client') {
    const { v2 } = language;
    return {
      ...NO_CALL,
      file,
      node,
      rule: 'other-language/client',
      legacy: { name },
      replacement: v2 === null ? null : { name: v2.client },
      message:
        v2 === null
          ? `A client of ${row.sdk} is made; there is no v2 SDK of Amazon for ${language.title}.`
          : `A client of ${row.sdk} is made; in v2: ${v2.client}.`,
      guidance:
        v2 === null
          ? (language.withoutSdk ?? '')
          : `${v2.install}\n\n${codeBlock(v2.construction)}\n\nThe key pair is new, MWS keys do not work. Region and sandbox stay what they are. ${v2.traps}`,
      ...(v2 === null ? {} : { docs: v2.docs }),
    };
  }
  if (row.role === 'ipn-handler') return describeHandler(file, node, name, row);
  return describeClass(file, node, name, row, 'is made');
}

/** A class that receives notifications. */
function describeHandler(file: FileNames, node: Span, name: string, row: LegacyClass): Place {
  return {
    ...NO_CALL,
    file,
    node,
    rule: 'other-language/ipn-handler',
    legacy: { name },
    replacement: null,
    message: `${name} of ${row.sdk} reads notifications; it does not know those of v2.`,
    guidance: `${file.language.notifications} Never act on the state in a message. A handler that does not know a message of v2 answers 200 and loses the payment.`,
  };
}

function describeClass(file: FileNames, node: Span, name: string, row: LegacyClass, how: string): Place {
  const operation = operationIn(name);
  const call = operation === undefined ? undefined : writeCall(file.language, operation);
  return {
    ...NO_CALL,
    file,
    node,
    rule: row.role === 'ipn-handler' && how === 'is made' ? 'other-language/ipn-handler' : 'other-language/sdk-class',
    legacy: { name, ...(operation === undefined ? {} : { operation }) },
    replacement: operation === undefined ? null : replacementOf(file.language, operation),
    message: `${name} of ${row.sdk} ${how}.`,
    ...(call === undefined
      ? {}
      : { guidance: `It goes with the call that it belongs to. In v2:\n\n${describeCode(file.language, call)}` }),
  };
}

/** The operation that a class of requests or answers is for: `…Model_CaptureRequest`, `CaptureResponseData`. */
function operationIn(name: string): string | undefined {
  const last = /(\w+?)(?:Request|Response|Result|ResponseData)$/.exec(name.replace(/^.*[\\._:]/, ''))?.[1];
  return last !== undefined && operations[last] !== undefined ? last : undefined;
}
