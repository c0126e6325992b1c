import { ts } from 'ts-morph';
import { type FileContext, walk } from '../context';

/** What the parsed XML of an error is in the error of a v2 call. `level`: the part goes, and what is in it is on the error. */
export type Meaning = 'level' | 'code' | 'message' | 'requestId' | 'none';

/** facts: legacy-node-clients.md section 4, `{ErrorResponse: {Error: {Type, Code, Message}, RequestId}}`. */
const MEANINGS: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  error: { body: 'level' },
  ErrorBody: { ErrorResponse: 'level' },
  ErrorDocument: { Error: 'level', RequestId: 'requestId', RequestID: 'requestId' },
  ErrorDetail: { Code: 'code', Message: 'message', Type: 'none', Detail: 'none' },
};

export function partAt(context: FileContext, node: ts.Node): string | undefined {
  const type = context.typeOf(node);
  if (type?.kind === 'error') return 'error';
  if (type?.kind === 'errorPart') return type.part;
  return ts.isObjectBindingPattern(node) ? partOfCaught(context, node) : undefined;
}

export const meaningOf = (context: FileContext, object: ts.Node, name: string | undefined): Meaning | undefined => {
  const part = partAt(context, object);
  const meanings = part === undefined ? undefined : MEANINGS[part];
  return meanings !== undefined && name !== undefined && Object.hasOwn(meanings, name) ? meanings[name] : undefined;
};

const PARTS: Readonly<Record<string, string>> = {
  body: 'ErrorBody',
  ErrorResponse: 'ErrorDocument',
  Error: 'ErrorDetail',
};

export const keyOf = ({ propertyName, name }: ts.BindingElement): string => (propertyName ?? name).getText();

/** `catch ({ body })`: no type can be written there; what is in it, or the types of its uses, tell whose error it is. */
function partOfCaught(context: FileContext, pattern: ts.ObjectBindingPattern): string | undefined {
  const { parent } = pattern;
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent))
    return partOfCaught(context, parent.parent) === undefined ? undefined : PARTS[keyOf(parent)];
  const clause = ts.isVariableDeclaration(parent) ? parent.parent : undefined;
  if (clause === undefined || !ts.isCatchClause(clause)) return undefined;
  const body = pattern.elements.find((each) => keyOf(each) === 'body')?.name;
  if (body === undefined) return undefined;
  if (!ts.isIdentifier(body)) return /\bErrorResponse\b/.test(body.getText()) ? 'error' : undefined;
  const symbol = context.checker.getSymbolAtLocation(body);
  let isLegacy = false;
  walk(clause.block, (node) => {
    if (!isLegacy && ts.isIdentifier(node) && context.checker.getSymbolAtLocation(node) === symbol)
      isLegacy = context.typeAround(node)?.kind === 'errorPart' || context.typeOf(node.parent)?.kind === 'errorPart';
  });
  return isLegacy ? 'error' : undefined;
}

/** `const { body } = err`: with nothing beside it, the name can stand for the error itself. */
export const isAlone = ({ parent, name, initializer, dotDotDotToken }: ts.BindingElement): boolean =>
  parent.elements.length === 1 &&
  ts.isIdentifier(name) &&
  initializer === undefined &&
  dotDotDotToken === undefined &&
  !ts.isBindingElement(parent.parent);

/** A level of the XML was bound to a name beside others, and stays as it is: so do the reads of it. */
export function isBoundBesides(context: FileContext, name: ts.Expression): boolean {
  const declared = ts.isIdentifier(name) ? context.checker.getSymbolAtLocation(name)?.valueDeclaration : undefined;
  return declared !== undefined && ts.isBindingElement(declared) && !isAlone(declared);
}
