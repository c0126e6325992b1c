import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import { accessedName, type Access, isAccess } from '../rewriting/access';
import { type FileContext, unwrap, walk } from './context';
import { extendsForGood } from './client/extended-client';
import { findClientsTakenApart } from './client/find-client-patterns';
import { legacyReceiver } from './calls/find-operations';
import { findKeptMakers } from './client/kept-makers';
import { memberOfClient, noneInV2, parsesNotifications, type Remain } from './remain';
import { asksUntypedLogin } from './untyped/untyped-login';

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `client.authorize()`: no such method was ever there. */
function onWrongObject(context: FileContext, node: Access, name: string): Remain | undefined {
  if (operations[upperFirst(name)] === undefined) return undefined;
  if ((context.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0) return undefined;
  const message = `${context.text(node)} does not exist in the legacy client, whose operations are on client.offAmazonPayments; this code cannot have worked.`;
  return noneInV2(node, 'node-client/unknown-operation', { name, operation: upperFirst(name) }, message);
}

function computed(context: FileContext, node: ts.ElementAccessExpression): Remain {
  const message = `${context.text(node)} calls an operation whose name is computed; it is listed, not guessed. Write one v2 call for each name it can have, before new orders come: their ids are those of v2, which MWS does not know.`;
  return noneInV2(node, 'node-client/computed-operation', { name: context.text(node) }, message);
}

/** `pay.capture.apply(pay, args)`: what is in the list is not written here. */
function appliedOperation(context: FileContext, node: Access): Remain {
  const message = `${context.text(node)} calls an operation with a list of arguments that is made elsewhere; write the v2 call out.`;
  return noneInV2(node, 'node-client/computed-operation', { name: context.text(node.expression) }, message);
}

const hasMember = (context: FileContext, object: ts.Expression, name: string): boolean =>
  [object, unwrap(object)].some((each) => context.checker.getTypeAtLocation(each).getProperty(name) !== undefined);

/** `client.offAmazonPayments.somethingElse`: the client never had it. */
function onOperations(context: FileContext, node: Access, name: string): Remain | undefined {
  return name === 'checkoutV2' || hasMember(context, node.expression, name)
    ? undefined
    : unknownOperation(context, node, name);
}

function unknownOperation(context: FileContext, node: Access, name: string): Remain {
  const message = `${context.text(node)} is no operation of the legacy client; look at what this was meant to call.`;
  return noneInV2(node, 'node-client/unknown-operation', { name }, message);
}

/** `amazon.parseSNSResponse` of a module of the shop, which says itself what stands behind the name. */
function isOwnMember({ checker, input }: FileContext, { name }: ts.PropertyAccessExpression): boolean {
  const declared = checker.getSymbolAtLocation(name)?.valueDeclaration;
  const path = declared?.getSourceFile().fileName.slice(1);
  const isOwn = declared !== undefined && (ts.isPropertyAssignment(declared) || ts.isMethodDeclaration(declared));
  return isOwn && input.files.some((file) => file.path === path);
}

/** Finds every use of a legacy client that no rewrite covers. */
export function findRemains(context: FileContext): Remain[] {
  const found: Remain[] = [];
  walk(context.file.source, (node) => {
    if (ts.isPropertyAccessExpression(node) && /^parseSNSResponse(?:Async)?$/.test(node.name.text)) {
      const remain = isOwnMember(context, node) ? undefined : parsesNotifications(node, node.name.text);
      if (remain !== undefined) found.push(remain);
      return;
    }
    found.push(
      ...findClientsTakenApart(context, node),
      ...extendsForGood(context, node),
      ...findKeptMakers(context, node),
    );
    const login = asksUntypedLogin(context, node);
    if (login !== undefined) found.push(login);
    if (!isAccess(node)) return;
    const applied = accessedName(node) === 'apply' ? legacyReceiver(context, node.expression) : undefined;
    if (applied !== undefined) found.push(appliedOperation(context, node));
    const type = context.typeAround(node.expression);
    const name = accessedName(node);
    if (type?.kind === 'offAmazonPayments' && name === undefined)
      found.push(computed(context, node as ts.ElementAccessExpression));
    if (type?.kind === 'client' && type.style === 'flat' && name === undefined)
      found.push(computed(context, node as ts.ElementAccessExpression));
    const unknown =
      type?.kind === 'offAmazonPayments' && name !== undefined ? onOperations(context, node, name) : undefined;
    if (unknown !== undefined) found.push(unknown);
    const onFlat = type?.kind === 'client' && type.style === 'flat' && name !== undefined;
    if (onFlat && name !== 'checkoutV2' && !hasMember(context, node.expression, name))
      found.push(unknownOperation(context, node, name));
    if (type?.kind !== 'client' || name === undefined) return;
    const remain = memberOfClient(context, node, name) ?? onWrongObject(context, node, name);
    if (remain !== undefined) found.push(remain);
  });
  return found;
}
