import type { Edit } from '../../codemod';
import type { CallOfOwn } from '../find-callers';
import type { PhpFile } from '../project';
import { Refusal } from '../refusal';
import { declaredName, functionOf, type PhpNode } from '../tree';
import { isNothing } from './follow-variable';
import type { Shape } from './shapes';

/** Every call of a function; refused where not all are known. */
export type CallersOf = (file: PhpFile, owner: PhpNode) => readonly CallOfOwn[];

/** A function that returns a part of the answer. */
export interface Returning {
  readonly file: PhpFile;
  readonly owner: PhpNode;
  readonly shape: Shape;
}

/** The functions that return a part of one answer, until each was followed to its callers. */
export class ReturnedParts {
  private readonly known = new Map<PhpNode, Returning & { readonly statements: PhpNode[] }>();
  private readonly done = new Set<PhpNode>();

  add(file: PhpFile, statement: PhpNode, shape: Shape): void {
    const owner = functionOf(statement);
    const name = declaredName(file.source, owner);
    if (!['method_declaration', 'function_definition'].includes(owner.kind) || name === undefined) {
      throw new Refusal(
        'its answer leaves the code that could be followed, and whoever gets it expects the one of legacy',
      );
    }
    const returned = leaving(shape);
    const known = this.known.get(owner);
    if (known === undefined) this.known.set(owner, { file, owner, shape: returned, statements: [statement] });
    else if (JSON.stringify(known.shape) !== JSON.stringify(returned) || this.done.has(owner)) {
      throw new Refusal(`${name} returns one part of its answer or another`);
    } else known.statements.push(statement);
  }

  /** A function whose callers have not been followed yet. */
  next(): Returning | undefined {
    const next = [...this.known.values()].find(({ owner }) => !this.done.has(owner));
    if (next === undefined) return undefined;
    this.done.add(next.owner);
    refuseOthers(next);
    return next;
  }
}

/** Status and id of the request are in the variable of the function that is left. */
function leaving(shape: Shape): Shape {
  if (shape.kind === 'json') return { kind: 'json' };
  if (shape.kind !== 'data') return shape;
  const { kind, position, isObject } = shape;
  return { kind, position, isObject };
}

/** Whoever gets one of two things cannot be told which it is. */
function refuseOthers({ file: { source }, owner, statements }: Returning & { statements: readonly PhpNode[] }): void {
  const name = declaredName(source, owner);
  const inside = source.nodes(owner).filter((node) => functionOf(node) === owner);
  const isOther = (node: PhpNode): boolean => {
    const [value] = node.parts;
    return (
      node.kind === 'return_statement' && !statements.includes(node) && value !== undefined && !isNothing(source, value)
    );
  };
  if (inside.some(isOther)) throw new Refusal(`${name} returns its answer or something else`);
  const isOdd = ({ kind }: PhpNode): boolean => /^yield_/.test(kind);
  if (inside.some(isOdd) || owner.parts.some(({ kind }) => kind === 'reference_modifier')) {
    throw new Refusal(`${name} does not simply return its answer`);
  }
}

const TYPES: Readonly<Record<'array' | 'object' | 'text', RegExp>> = {
  array: /^(?:array|iterable|mixed)$/i,
  object: /^(?:object|mixed|\\?stdClass)$/i,
  text: /^(?:string|mixed)$/i,
};

/**
 * The declared type of what is returned, where it was a class of the legacy SDK; refused where it is one that v2 does not
 * have for it.
 */
export function retype({ file, owner, shape }: Returning): Edit[] {
  const { source, types } = file;
  const { path } = source;
  const isResponse = (type: string): boolean => types.names.isOf(type, 'response');
  const inV2 = (written: string): string =>
    written.replace(/[\w\\]+/g, (name) => (shape.kind === 'answer' && isResponse(name) ? 'array' : name));
  const declared = types.declaredType(owner);
  const comment = types.commentOf(owner);
  const edits: Edit[] = [];
  if (declared !== undefined) {
    const written = source.textOf(declared);
    const text = inV2(written);
    const names = text.split(/[?|\s]+/).filter((name) => !/^(?:null|false)?$/i.test(name));
    if (!names.every((name) => TYPES[kindOf(shape)].test(name))) {
      throw new Refusal(`${declaredName(source, owner)} is declared to return ${written}`);
    }
    if (text !== written) edits.push({ path, start: declared.start, end: declared.end, text });
  }
  const said = comment === undefined ? null : /(@return\s+)([\w\\|?]+)/.exec(source.textOf(comment));
  const [, tag = '', type = ''] = said ?? [];
  if (comment !== undefined && said !== null && inV2(type) !== type) {
    const start = comment.start + said.index + tag.length;
    edits.push({ path, start, end: start + type.length, text: inV2(type) });
  }
  return edits;
}

function kindOf(shape: Shape): keyof typeof TYPES {
  if (shape.kind === 'json' || shape.kind === 'word') return 'text';
  return shape.kind === 'data' && shape.isObject ? 'object' : 'array';
}
