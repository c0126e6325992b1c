import { ts } from 'ts-morph';
import type { Property } from '../../v2-request/print-object';
import { type FileContext, unwrap } from '../context';
import { credentialProperties, credentialsOf, isMadePerCall, isPerClient } from './credentials';
import { environmentSource, givesEnvironment } from './environment-source';
import { type Construction, optionOf, valueOf } from './find-construction';
import type { ClientMode } from '../plan-clients';
import { environmentText } from './rewrite-environment';
import { orElse } from '../wording';

function environmentProperties(
  context: FileContext,
  mode: ClientMode,
  options: ts.ObjectLiteralExpression,
  emit: (node: ts.Node) => string,
): Property[] | undefined {
  const source = environmentSource(context, options);
  if (source === 'unknown') return undefined;
  if (source !== undefined && ts.isSpreadAssignment(source))
    return environmentOf(context, source.expression, mode, emit);
  const environment = valueOf(source);
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

export function settingsOf(
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
  } else if (ownKey === undefined && takesOtherKeys(context, options, legacyKey)) open.push(KEY_PAIRS);
  if (environment === undefined)
    open.push(
      'region and sandbox could not be read off the code; they come from AMAZON_PAY_REGION and AMAZON_PAY_SANDBOX.',
    );
  return { properties: [...keys, ...(environment ?? fromVariables(context))], open };
}

/** The keys come with a spread, or from what a call computes, and may be others for each call. */
function takesOtherKeys(
  context: FileContext,
  options: ts.ObjectLiteralExpression,
  legacyKey: ts.Expression | undefined,
): boolean {
  if (legacyKey !== undefined) {
    const { kind, base } = credentialsOf(context, legacyKey);
    return kind === 'environment' && base === undefined && isMadePerCall(context, legacyKey);
  }
  return options.properties.some((each) => ts.isSpreadAssignment(each) && isMadePerCall(context, each.expression));
}

const KEY_PAIRS =
  'the key pair comes from AMAZON_PAY_PUBLIC_KEY_ID and AMAZON_PAY_PRIVATE_KEY for every client that is made here; where each merchant has settings of its own, it needs a key pair of its own, too.';

/** The region and the sandbox that an object of settings decides, which holds them in the place of the legacy environment. */
function environmentOf(
  context: FileContext,
  settings: ts.Expression,
  mode: ClientMode,
  emit: (node: ts.Node) => string,
): Property[] | undefined {
  if (mode !== 'instead' || !givesEnvironment(context, settings)) return undefined;
  const spread = `...${emit(settings)}.environment`;
  return [{ key: spread, value: spread, comments: [] }];
}

/** `connect(config.amazon)`: what is in the object is known only where it is written. */
function settingsFromObject(
  context: FileContext,
  construction: Construction,
  mode: ClientMode,
  emit: (node: ts.Node) => string,
): Settings {
  const { options } = construction;
  const keys = credentialProperties(context, undefined, emit);
  const open = options !== undefined && isMadePerCall(context, options) ? [KEY_PAIRS] : [];
  const environment = options === undefined ? undefined : environmentOf(context, options, mode, emit);
  if (environment !== undefined) return { properties: [...keys, ...environment], open };
  return {
    properties: [...keys, ...fromVariables(context)],
    open: [
      ...open,
      'region and sandbox could not be read off the code; they come from AMAZON_PAY_REGION and AMAZON_PAY_SANDBOX.',
    ],
  };
}
