import { ts } from 'ts-morph';
import { indentAt } from '../rewriting/style';
import { isLegacySymbol } from '../typed-program/brands';
import { printObject, type Property } from '../v2-request/print-object';
import { type FileContext, unwrap } from './context';
import type { ClientMode } from './plan-clients';
import { environmentText } from './rewrite-environment';
import { orElse } from './wording';

export interface Construction {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly options: ts.Expression | undefined;
}

const CONNECT = new Set(['connect', 'AmazonPayClient', 'amazonPayClient']);

/** `connect({…})`, `new AmazonPayClient({…})`, `new amazonPayClient({…})` */
export function asConstruction(context: FileContext, node: ts.Node): Construction | undefined {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  if (context.typeOf(node)?.kind !== 'client') return undefined;
  const declaration = context.checker.getResolvedSignature(node)?.getDeclaration();
  const owner =
    declaration === undefined ? undefined : ts.isConstructorDeclaration(declaration) ? declaration.parent : declaration;
  const symbol = owner?.name === undefined ? undefined : context.checker.getSymbolAtLocation(owner.name);
  if (!isLegacySymbol(symbol) || symbol === undefined || !CONNECT.has(symbol.name)) return undefined;
  return { node, options: node.arguments?.[0] };
}

/** The client that the second run finds: constructed already beside the legacy one. */
export const isAlreadyBeside = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) &&
  node.parent.arguments[0] === node &&
  /besideLegacy$/i.test(node.parent.expression.getText());

/** The currency that all of these are configured with; undefined when one of them hides it or has another. */
export function currencyOf(constructions: readonly Construction[]): string | undefined {
  const currencies = new Set(
    constructions.map(({ options }) => {
      const literal = options === undefined ? undefined : unwrap(options);
      const isLiteral = literal !== undefined && ts.isObjectLiteralExpression(literal);
      const value = isLiteral ? valueOf(optionOf(literal, 'currencyCode')) : undefined;
      return value !== undefined && ts.isStringLiteralLike(value) ? value.text : undefined;
    }),
  );
  const [only] = currencies;
  return currencies.size === 1 ? only : undefined;
}

const optionOf = (options: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined =>
  options.properties.find(
    (property) => property.name !== undefined && property.name.getText().replace(/['"]/g, '') === name,
  );

const valueOf = (property: ts.ObjectLiteralElementLike | undefined): ts.Expression | undefined => {
  if (property === undefined) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
};

/** Where the new credentials come from. */
type Credentials =
  /** Environment variables: `process.env`, or the object that stands for it. */
  | { readonly kind: 'environment'; readonly base?: ts.Expression }
  | { readonly kind: 'beside-legacy'; readonly base: ts.Expression; readonly declaration: ts.PropertyAssignment }
  | { readonly kind: 'per-client'; readonly base: ts.Expression };

/** The property of a configuration module that supplies the legacy key, when the merchant keeps one. */
function credentialsOf(context: FileContext, legacyKey: ts.Expression | undefined): Credentials {
  const expression = legacyKey === undefined ? undefined : unwrap(legacyKey);
  if (expression === undefined || !ts.isPropertyAccessExpression(expression)) return { kind: 'environment' };
  if (/^process\.env$/.test(expression.expression.getText())) return { kind: 'environment' };
  if (/^[A-Z][A-Z0-9_]*$/.test(expression.name.text)) return { kind: 'environment', base: expression.expression };
  const declaration = context.checker.getSymbolAtLocation(expression.name)?.valueDeclaration;
  if (
    declaration !== undefined &&
    ts.isPropertyAssignment(declaration) &&
    /process\.env\.|^['"]/.test(declaration.initializer.getText())
  ) {
    return { kind: 'beside-legacy', base: expression.expression, declaration };
  }
  // A property that the merchant's types do not have would not compile; the decision is written down instead.
  if (/\.[cm]?tsx?$/.test(context.file.unit.path)) return { kind: 'environment' };
  return insideFunction(context, expression)
    ? { kind: 'per-client', base: expression.expression }
    : { kind: 'environment' };
}

/** The legacy key comes in through a parameter, so that there may be a client for every merchant. */
function isPerClient(context: FileContext, legacyKey: ts.Expression | undefined): boolean {
  const expression = legacyKey === undefined ? undefined : unwrap(legacyKey);
  if (expression === undefined || !ts.isPropertyAccessExpression(expression)) return false;
  const credentials = credentialsOf(context, legacyKey);
  const named = credentials.kind === 'environment' && credentials.base !== undefined;
  return credentials.kind !== 'beside-legacy' && !named && insideFunction(context, expression);
}

/** The expression hangs on a parameter: each call of the function makes a client of its own. */
function insideFunction(context: FileContext, expression: ts.PropertyAccessExpression): boolean {
  let root: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(root)) root = root.expression;
  const declaration = context.checker.getSymbolAtLocation(root)?.valueDeclaration;
  return declaration !== undefined && ts.findAncestor(declaration, ts.isParameter) !== undefined;
}

/** Configuration modules that gain the new keys; the same property is only extended once. */
export type ConfigurationKeys = Map<ts.PropertyAssignment, string>;

function credentialProperties(
  context: FileContext,
  legacyKey: ts.Expression | undefined,
  emit: (node: ts.Node) => string,
): Property[] {
  const credentials = credentialsOf(context, legacyKey);
  const base = credentials.base === undefined ? 'process.env' : emit(credentials.base);
  const [id, key] =
    credentials.kind === 'environment'
      ? ['AMAZON_PAY_PUBLIC_KEY_ID', 'AMAZON_PAY_PRIVATE_KEY']
      : ['amazonPayPublicKeyId', 'amazonPayPrivateKey'];
  return [
    { key: 'publicKeyId', value: `${base}.${id}`, comments: [] },
    { key: 'privateKey', value: `${base}.${key}`, comments: [] },
  ];
}

function environmentProperties(
  context: FileContext,
  mode: ClientMode,
  options: ts.ObjectLiteralExpression,
  emit: (node: ts.Node) => string,
): Property[] | undefined {
  const environment = valueOf(optionOf(options, 'environment'));
  if (environment !== undefined) {
    const written = mode === 'beside' ? constantOf(context, environment) : environment;
    const known = environmentText(context, written, emit);
    if (known !== undefined) {
      return [
        { key: 'region', value: known.region, comments: [] },
        { key: 'sandbox', value: known.sandbox, comments: [] },
      ];
    }
    // Beside the legacy client the variable keeps holding the legacy environment.
    if (mode === 'beside') return undefined;
    return context.typeOf(environment)?.kind === 'environment'
      ? [{ key: `...${emit(environment)}`, value: `...${emit(environment)}`, comments: [] }]
      : undefined;
  }
  const region = valueOf(optionOf(options, 'region'));
  const sandbox = valueOf(optionOf(options, 'sandbox'));
  if (region === undefined) return undefined;
  return [
    { key: 'region', value: emit(region), comments: [] },
    { key: 'sandbox', value: sandbox === undefined ? 'false' : emit(sandbox), comments: [] },
  ];
}

/** The initializer of a constant in the same file, so that its choice can be repeated beside the legacy client. */
function constantOf(context: FileContext, node: ts.Expression): ts.Expression {
  const expression = unwrap(node);
  const declaration = ts.isIdentifier(expression)
    ? context.checker.getSymbolAtLocation(expression)?.valueDeclaration
    : undefined;
  const local =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    declaration.getSourceFile() === node.getSourceFile();
  return local && declaration.initializer !== undefined ? declaration.initializer : node;
}

const fromVariables = (context: FileContext): Property[] => {
  const { quote } = context.style;
  return [
    { key: 'region', value: orElse(context, 'process.env.AMAZON_PAY_REGION', `${quote}us${quote}`), comments: [] },
    { key: 'sandbox', value: `process.env.AMAZON_PAY_SANDBOX !== ${quote}false${quote}`, comments: [] },
  ];
};

interface Settings {
  readonly properties: Property[];
  /** What could not be read off the code, as a decision for the merchant. */
  readonly open: readonly string[];
}

function settingsOf(
  context: FileContext,
  construction: Construction,
  mode: ClientMode,
  emit: (node: ts.Node) => string,
): Settings {
  const options = construction.options === undefined ? undefined : unwrap(construction.options);
  if (options === undefined || !ts.isObjectLiteralExpression(options))
    return settingsFromObject(context, construction, mode, emit);
  const legacyKey = valueOf(optionOf(options, 'mwsAccessKey')) ?? valueOf(optionOf(options, 'accessKey'));
  const ownKey = valueOf(optionOf(options, 'publicKeyId'));
  const ownPrivateKey = valueOf(optionOf(options, 'privateKey'));
  const keys =
    ownKey !== undefined && ownPrivateKey !== undefined
      ? [
          { key: 'publicKeyId', value: emit(ownKey), comments: [] },
          { key: 'privateKey', value: emit(ownPrivateKey), comments: [] },
        ]
      : credentialProperties(context, legacyKey, emit);
  const environment = environmentProperties(context, mode, options, emit);
  const open: string[] = [];
  if (ownKey === undefined && isPerClient(context, legacyKey)) {
    open.push(
      'each merchant needs a key pair of its own: store amazonPayPublicKeyId and amazonPayPrivateKey where its MWS keys are stored and pass them in.',
    );
  }
  if (environment === undefined)
    open.push(
      'region and sandbox could not be read off the code; they come from AMAZON_PAY_REGION and AMAZON_PAY_SANDBOX.',
    );
  return { properties: [...keys, ...(environment ?? fromVariables(context))], open };
}

/** `connect(config.amazon)`: what is in the object is known only where it is written. */
function settingsFromObject(
  context: FileContext,
  construction: Construction,
  mode: ClientMode,
  emit: (node: ts.Node) => string,
): Settings {
  const { options } = construction;
  const type = options === undefined ? undefined : context.checker.getTypeAtLocation(options);
  const environment = type?.getProperty('environment');
  const typed =
    environment !== undefined &&
    context.checker.typeToString(context.checker.getTypeOfSymbol(environment)).includes('Environment');
  const keys = credentialProperties(context, undefined, emit);
  if (typed && options !== undefined && mode === 'instead') {
    const spread = `...${emit(options)}.environment`;
    return { properties: [...keys, { key: spread, value: spread, comments: [] }], open: [] };
  }
  return {
    properties: [...keys, ...fromVariables(context)],
    open: [
      'region and sandbox could not be read off the code; they come from AMAZON_PAY_REGION and AMAZON_PAY_SANDBOX.',
    ],
  };
}

/** Replaces the construction of a legacy client; returns the configuration properties that need the new keys beside them. */
export function rewriteConstruction(
  context: FileContext,
  construction: Construction,
  mode: ClientMode,
): ts.PropertyAssignment | undefined {
  const { node } = construction;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  context.need('withRetry');
  if (mode === 'beside') context.need('besideLegacy');
  context.needsSdk = true;
  const { open } = settingsOf(context, construction, mode, context.rewriter.original.bind(context.rewriter));
  context.rewriter.replace(node, (emit) => {
    const { properties } = settingsOf(context, construction, mode, emit);
    const { quote, unit, eol } = context.style;
    const client = `${context.nameOf('withRetry')}(new WebStoreClient(${printObject({ properties }, { indent, unit, quote, eol })}))`;
    return mode === 'beside'
      ? `${context.nameOf('besideLegacy')}(${context.rewriter.original(node)}, ${client})`
      : client;
  });
  open.forEach((decision) => context.todo(node, 'node-client/construction', decision));
  context.report(node, {
    rule: 'node-client/construction',
    automation: open.length > 0 ? 'assisted' : 'automatic',
    legacy: { name: context.text(node.expression) },
    replacement: { name: 'new WebStoreClient' },
    message:
      mode === 'beside'
        ? 'The legacy client stays for the calls that cannot move yet, and carries the v2 client as checkoutV2.'
        : 'The legacy client becomes a WebStoreClient with a key pair of its own.',
    rewritten: true,
  });
  const options = construction.options === undefined ? undefined : unwrap(construction.options);
  const literal = options !== undefined && ts.isObjectLiteralExpression(options) ? options : undefined;
  if (literal === undefined || optionOf(literal, 'publicKeyId') !== undefined) return undefined;
  const credentials = credentialsOf(
    context,
    valueOf(optionOf(literal, 'mwsAccessKey')) ?? valueOf(optionOf(literal, 'accessKey')),
  );
  return credentials.kind === 'beside-legacy' ? credentials.declaration : undefined;
}
