import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { PackageInfo } from '../codemod';
import { findSeams } from '../ipn-handler';
import { type FileContext, walk } from './context';
import { decide, isAdaptable, type Decision } from './calls/decide';
import { asDestructuring, type Destructuring } from './calls/destructured-operations';
import { findHelperFunctions } from './packages/find-helper-functions';
import {
  asOperationCall,
  asOperationReference,
  type OperationCall,
  type OperationReference,
} from './calls/find-operations';
import { findRemains } from './find-remains';
import { packageOf } from './packages/place-helpers';
import type { Remain } from './remain';
import { asConstruction, isAlreadyBeside, type Construction } from './client/find-construction';
import { findImports } from './packages/rewrite-imports';
import { withoutNamed, type PlacedTable } from './calls/rewrite-named-tables';

/** Everything of legacy Amazon Pay in one file, before anything is rewritten. */
export interface FileUses {
  readonly context: FileContext;
  readonly packageInfo: PackageInfo;
  readonly constructions: readonly Construction[];
  readonly calls: readonly { readonly call: OperationCall; readonly decision: Decision }[];
  readonly references: readonly OperationReference[];
  readonly remains: readonly Remain[];
  readonly destructured: readonly Destructuring[];
  readonly tables: readonly PlacedTable[];
}

/** Finds all of it in one file. */
export function collectUses(context: FileContext, named: readonly Remain[], tables: readonly PlacedTable[]): FileUses {
  const constructions: Construction[] = [];
  const destructured: Destructuring[] = [];
  const calls: { call: OperationCall; decision: Decision }[] = [];
  const references = new Map<ts.Node, OperationReference>();
  walk(context.file.source, (node) => {
    const destructuring = asDestructuring(context, node);
    if (destructuring !== undefined) destructured.push(destructuring);
    const construction = asConstruction(context, node);
    if (construction !== undefined) constructions.push(construction);
    if (ts.isCallExpression(node)) {
      const call = asOperationCall(context, node);
      if (call !== undefined) calls.push({ call, decision: decide(context, call) });
    }
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const reference = asOperationReference(context, node);
      if (reference !== undefined) references.set(reference.node, reference);
    }
  });
  const packageInfo = packageOf(context.input, context.file.unit.path);
  const seams = new Set(findSeams(context, [context]).map(({ node }) => node));
  // What reads notifications through the legacy client and is rewritten does not need it any more.
  const isRewritten = (node: ts.Node): boolean =>
    ts.findAncestor(node, (parent) => seams.has(parent as ts.Expression)) !== undefined &&
    /parseSNS/.test(node.getText());
  return {
    context,
    packageInfo,
    constructions,
    calls,
    references: [...references.values()],
    remains: withoutNamed(
      context,
      [...findRemains(context).filter(({ node }) => !isRewritten(node)), ...named],
      tables,
    ),
    destructured,
    tables,
  };
}

/** A dynamic import, a re-export, or a hand-over of the whole module keeps the legacy package in the project. */
const keepsPackage = (uses: FileUses): boolean => findImports(uses.context).some(({ kind }) => kind === 're-export');

/** The operations that are made or handed on here; a table of them may have any. */
export const operationsOf = ({ calls, references, destructured, tables }: FileUses): string[] => [
  ...calls.map(({ call }) => call.operation),
  ...references.map(({ operation }) => operation),
  ...destructured.flatMap((found) =>
    found.kind === 'operations' ? found.operations.elements.map(({ operation }) => operation) : [],
  ),
  ...(tables.length > 0 ? Object.keys(operations) : []),
];

/** What stays and is certain to be of legacy: a guess is listed, and decides nothing. */
const certain = (remains: FileUses['remains']): FileUses['remains'] =>
  remains.filter(({ confidence }) => confidence !== 'low');

/** Something of legacy is used here. */
export const isUsed = ({ constructions, calls, references, remains, destructured, tables }: FileUses): boolean =>
  [constructions, calls, references, certain(remains), destructured, tables].some(({ length }) => length > 0);

/** The file cannot do without the legacy client after the migration. */
export const leavesLegacy = (uses: FileUses): boolean =>
  certain(uses.remains).length > 0 ||
  uses.destructured.some(({ kind }) => kind === 'left') ||
  uses.calls.some(({ call, decision }) => call.reach === 'direct' && decision.kind === 'leave') ||
  uses.references.some((reference) => !isAdaptable(reference.operation, uses.context.input)) ||
  uses.constructions.some(({ node }) => isAlreadyBeside(node)) ||
  keepsPackage(uses);

/** Calls of this file answer with v2 objects, from now on or since an earlier run. */
export const answersInV2 = ({ calls, references, destructured, tables, context }: FileUses): boolean =>
  calls.length + references.length + destructured.length + tables.length > 0 || loadsCalls(context.file.source);

/** A handler of notifications that an earlier run rewrote reads its objects in the words of legacy, and calls nothing else. */
function loadsCalls(source: ts.SourceFile): boolean {
  const loaded = findHelperFunctions(source);
  if (loaded === null) return true;
  const isHandler = loaded.has('fetchNotificationAsXml');
  return [...loaded].some((name) => !(isHandler && OF_HANDLERS.has(name)));
}

const OF_HANDLERS: ReadonlySet<string> = new Set(['fetchNotificationAsXml', 'withRetry']);
