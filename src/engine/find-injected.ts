import { EventEmitter } from 'node:events';
import { areAlike, subjectOf } from '../../codemods/node-client/answers/name-words';
import { tellsOfService, tellsState } from '../../codemods/node-client/values/state-words';
import { answerFields } from '../catalog';
import { STATE_WORDS } from './find-told';

/** `stateOf(id) {`, `stateOf: async (id) =>`, `exports.stateOf = function`, `stateOf = cached(async (id) =>` */
const DECLARED =
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?:\([^()]*\)\s*(?::[^{};=]{1,200})?\{|[:=]\s*(?:[\w.]{1,60}\(\s*)?(?:async\b\s*)?(?:function\b|\([^()]*\)\s*=>|\w+\s*=>))/g;
const STATEMENTS = ['if', 'for', 'while', 'switch', 'catch', 'with', 'function', 'constructor'];
/** Methods of the answers and routers of web servers, which are called in every shop. */
const OF_SERVERS = [
  'status',
  'send',
  'json',
  'end',
  'render',
  'redirect',
  'type',
  'use',
  'post',
  'put',
  'patch',
  'next',
];
const BUILT_IN = [Array, Map, Set, Promise, String, Object, Function, RegExp, Date, EventEmitter].flatMap(
  ({ prototype }) => Object.getOwnPropertyNames(prototype),
);
/** What anything may have: such a name says nothing unless what it is called on is named like what declares it. */
const ANYBODYS = new Set([...BUILT_IN, ...OF_SERVERS]);
const CLASS = /\bclass\s+([A-Za-z_$][\w$]*)/g;

/** `capture.CaptureAmount` */
const FIELDS = new RegExp(`\\b(?:${answerFields.join('|')})\\b`);

/** What may have methods that answer with a state. */
export interface Scripts {
  /** Those that use legacy themselves. */
  readonly legacy: readonly string[];
  /** What stands around them has methods of anything, of which only the names that tell of a state count. */
  readonly around: readonly string[];
}

type Subject = readonly string[];

interface Methods {
  readonly own: ReadonlySet<string>;
  /** Those with a name that anything may have, and what their files and classes are named after. */
  readonly anybodys: ReadonlyMap<string, readonly Subject[]>;
}

/** The names of a script and of the classes in it: `payments/index.js` is about payments. */
function subjectsOf(path: string, text: string): Subject[] {
  const [stem = '', folder = ''] = path
    .replace(/\.[^./]+$/, '')
    .split('/')
    .reverse();
  const classes = [...text.matchAll(CLASS)].map(([, name = '']) => name);
  return [stem === 'index' ? folder : stem, ...classes].filter((name) => name !== '').map(subjectOf);
}

function declaredIn(text: string): ReadonlySet<string> {
  const names = new Set([...text.matchAll(DECLARED)].map(([, name = '']) => name));
  for (const statement of STATEMENTS) names.delete(statement);
  return names;
}

function methodsOf({ legacy, around }: Scripts, textOf: (path: string) => string): Methods {
  const own = new Set(around.flatMap((path) => [...declaredIn(textOf(path))].filter(tellsState)));
  const anybodys = new Map<string, Subject[]>();
  for (const path of legacy) {
    const text = textOf(path);
    for (const name of declaredIn(text))
      if (!ANYBODYS.has(name)) own.add(name);
      else anybodys.set(name, [...(anybodys.get(name) ?? []), ...subjectsOf(path, text)]);
  }
  return { own, anybodys };
}

const alternatives = (names: Iterable<string>): string =>
  [...names].map((name) => name.replaceAll('$', '\\$')).join('|');

/** `.stateOf(`, `?.stateOf?.(`, `['stateOf'](`, `const { stateOf } = payments`, `({ stateOf: read }, id) =>` */
const usesOf = (names: string): RegExp =>
  new RegExp(
    [
      `\\.\\s*(?:${names})\\s*(?:\\?\\.)?\\s*\\(`,
      `\\[\\s*(['"\`])(?:${names})\\1\\s*\\]\\s*(?:\\?\\.)?\\s*\\(`,
      `[{,]\\s*(?:${names})\\s*(?:[:=,][^{}]{0,300})?\\}[\\s}]{0,40}(?::[^=;{}()]{0,200})?(?:=(?![=>])|(?:,[^(){}]{0,200})?\\)\\s*(?:=>|\\{))`,
    ].join('|'),
  );

/** `payments.get(`, `this.paymentService?.get(`, `resolve('payments').get(`: the name of what it is called on, and its own. */
const callsOn = (names: string): RegExp =>
  new RegExp(`(?<![\\w$])([A-Za-z_$][\\w$]*)['"\`)]{0,3}\\s*\\??\\.\\s*(${names})\\s*(?:\\?\\.)?\\s*\\(`, 'g');

/**
 * Finds the scripts that are handed an object with a method of these scripts, and speak of states of legacy or of fields of its
 * answers: `payments.stateOf(id)` in a service that loads nothing of them, and that no type connects with them.
 *
 * @param speaking what may have such words
 */
export function findInjected(
  scripts: Scripts,
  speaking: readonly string[],
  textOf: (path: string) => string,
): string[] {
  if (speaking.length === 0) return [];
  const { own, anybodys } = methodsOf(scripts, textOf);
  const uses = own.size === 0 ? undefined : usesOf(alternatives(own));
  const calls = anybodys.size === 0 ? undefined : callsOn(alternatives(anybodys.keys()));
  const callsAnybodys = (text: string): boolean =>
    calls !== undefined &&
    [...text.matchAll(calls)].some(
      ([, receiver = '', name = '']) =>
        tellsOfService(receiver) || anybodys.get(name)?.some((subject) => areAlike(subject, subjectOf(receiver))),
    );
  return speaking.filter((path) => {
    const text = textOf(path);
    return (STATE_WORDS.test(text) || FIELDS.test(text)) && (uses?.test(text) === true || callsAnybodys(text));
  });
}
