import { ts } from 'ts-morph';
import { clientMembers, legacyPackages } from '../../../src/catalog';
import { accessedName, isAccess } from '../../rewriting/access';
import { legacyAliases } from '../../typed-program/package-aliases';
import type { FileContext } from '../context';
import { packageOf } from '../packages/place-helpers';
import { packagesAround } from '../packages/packages-around';
import { noneInV2, type Remain } from '../remain';

const LOGIN = /^(?:getProfile|getTokenInfo)(?:Async)?$/;

const isCallback = ({ checker }: FileContext, node: ts.Expression): boolean =>
  checker.getTypeAtLocation(node).getCallSignatures().length > 0 ||
  (ts.isIdentifier(node) && /^(?:cb|done|callback|next)$/.test(node.text));

/** Other services have a profile too: the legacy client is asked by a token, or answers by a callback. */
function isLikely(context: FileContext, call: ts.CallExpression): boolean {
  const [token, callback] = call.arguments;
  if (token === undefined) return false;
  return /token/i.test(token.getText()) || (callback !== undefined && isCallback(context, callback));
}

/** The package loads a legacy client, or a package that does, or is loaded by one. */
function isNearLegacy(context: FileContext): boolean {
  const { input } = context;
  const aliases = legacyAliases(input.packages, input.files);
  const isLegacy = (name: string): boolean => legacyPackages[name]?.kind === 'server' || aliases.has(name);
  const loading = input.packages.filter(({ dependencies }) => [...dependencies.keys()].some(isLegacy));
  return loading.length === 0 || packagesAround(loading, input.packages).has(packageOf(input, context.file.unit.path));
}

/** `client.api.getProfile(token, done)` on something of which nothing is known: it throws where a v2 client is handed in. */
export function asksUntypedLogin(context: FileContext, node: ts.Node): Remain | undefined {
  if (!ts.isCallExpression(node) || !isAccess(node.expression)) return undefined;
  const method = accessedName(node.expression) ?? '';
  const { expression: api } = node.expression;
  if (!LOGIN.test(method) || !isAccess(api) || accessedName(api) !== 'api') return undefined;
  // `this.api` is a field of the merchant's own class; a client in a field is `this.client.api`.
  if (api.expression.kind === ts.SyntaxKind.ThisKeyword || !isLikely(context, node)) return undefined;
  const isUnknown = (context.checker.getTypeAtLocation(api).flags & ts.TypeFlags.Any) !== 0;
  const login = clientMembers['api'];
  if (!isUnknown || login === undefined || !isNearLegacy(context)) return undefined;
  const message = `${context.text(node.expression)} has the form of Login with Amazon through the legacy client, and nothing says what it is called on; where it is that client, it ${login.because}`;
  return {
    ...noneInV2(node.expression, login.rule, { name: login.legacy }, message),
    replacement: login.replacement,
    confidence: 'low',
  };
}
