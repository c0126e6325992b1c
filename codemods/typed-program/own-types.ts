import { ts } from 'ts-morph';
import { decliningResults } from '../../src/catalog';
import { legacyTypeOf } from './brands';
import {
  describesOnly,
  innermost,
  ownDeclarationOf,
  type OwnDeclaration,
  returnedType,
  setAside,
} from './own-declarations';
import { hasBody } from './nodes';
import { OwnAmounts } from './own-amounts';
import { assignedDeclaration, isAssignment, type TypedPlace, typedPlaces } from './typed-places';
import { isTypeScript } from '../rewriting/is-type-script';

type TypeText = (type: ts.Type) => string | undefined;
type Write = (source: ts.SourceFile, position: number, text: string) => void;

const isUntyped = (type: ts.Type): boolean => (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;

/** Generic types that hold nothing but what the code puts into them; what a `Repository` gives may be years old. */
const CARRIERS = new Set([
  'Promise',
  'PromiseLike',
  'Array',
  'ReadonlyArray',
  'Map',
  'Set',
  'Record',
  'Partial',
  'Readonly',
]);

/** Two operations answer alike; of the two the one whose payment may be declined says what may come. */
function asOne(checker: ts.TypeChecker, found: ReadonlyMap<string, ts.Type>): [string, ts.Type][] {
  const all = [...found];
  const declining = all.find(([, type]) => {
    const legacy = legacyTypeOf(checker, type);
    return legacy?.kind === 'element' && decliningResults.has(legacy.element);
  });
  const membersOf = (type: ts.Type): string =>
    type
      .getProperties()
      .map((each) => `${each.name}: ${checker.typeToString(checker.getTypeOfSymbol(each))}`)
      .filter((each) => !each.startsWith(' legacyElement'))
      .sort()
      .join();
  const isAlike = declining !== undefined && all.every(([, type]) => membersOf(type) === membersOf(declining[1]));
  return isAlike ? [declining] : all;
}

/**
 * Sees through the types that a merchant has written over legacy values: `any` and `unknown` say nothing, and an interface
 * or alias that only repeats what legacy answers with stands for that. What it cannot see through stays as it is, and the
 * reads behind it are listed.
 */
export class OwnTypes {
  private readonly described = new Map<OwnDeclaration, Map<string, ts.Type>>();
  private readonly others = new Set<OwnDeclaration>();
  private readonly overridden = new Set<ts.Node>();
  private readonly amounts: OwnAmounts;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly isMerchants: (source: ts.SourceFile) => boolean,
    private readonly typeText: TypeText,
    private readonly write: Write,
  ) {
    this.amounts = new OwnAmounts(checker);
  }

  collect(node: ts.Node): void {
    for (const place of typedPlaces(this.checker, node)) this.carry(place);
    this.carryToProperty(node);
    if (ts.isCallExpression(node)) this.carryToHandler(node);
    this.noteOtherUse(node);
  }

  /** What flows into a declaration from several places has to be one thing. */
  finish(): void {
    for (const [declaration, found] of this.described) {
      const [only, ...others] = asOne(this.checker, found);
      if (only === undefined || others.length > 0 || this.others.has(declaration)) continue;
      if (this.amounts.has(declaration)) continue;
      const [text, type] = only;
      if (!describesOnly(this.checker, declaration, type)) continue;
      for (const { at, text: written } of setAside(declaration, text))
        this.write(declaration.getSourceFile(), at, written);
    }
  }

  private carry({ type, value, isPromised, isArgument }: TypedPlace): void {
    if (!this.isMerchants(type.getSourceFile())) return;
    this.carryToReturned(type, value);
    const source = this.sourceOf(value);
    const text = source === undefined ? undefined : this.typeText(source);
    const inner = innermost(type);
    this.amounts.collect(inner, value, text !== undefined);
    if (source === undefined || text === undefined) {
      if (isUntyped(this.checker.getTypeAtLocation(value))) this.noteOther(inner);
      return;
    }
    const declared = this.checker.getTypeFromTypeNode(inner);
    // Parameters of `any` are carried to with those that have no type (annotate.ts).
    if (
      isArgument === true &&
      ((declared.flags & ts.TypeFlags.Any) !== 0 || (isUntyped(declared) && !hasBody(type.parent.parent)))
    )
      return;
    if (isUntyped(declared))
      this.override(inner, type === inner && isPromised ? `Promise<${text}>` : this.inside(source, text, type, inner));
    else this.describe(inner, source);
  }

  /** `authorize: (parameters: Parameters) => Promise<AuthorizeAnswer> = promisify(pay.authorize)` */
  private carryToReturned(type: ts.TypeNode, value: ts.Expression): void {
    const returned = returnedType(type);
    const operation = this.checker.getTypeAtLocation(value);
    if (returned === undefined || legacyTypeOf(this.checker, operation)?.kind !== 'operation') return;
    const answer = operation.getCallSignatures()[0]?.getReturnType();
    if (answer !== undefined && this.typeText(answer) !== undefined) this.describe(innermost(returned), answer);
  }

  /** The text for the innermost type: of `Promise<any>` what is promised. */
  private inside(source: ts.Type, text: string, type: ts.TypeNode, inner: ts.TypeNode): string {
    if (type === inner) return text;
    const promised = this.promised(source);
    return (promised === undefined ? undefined : this.typeText(promised)) ?? text;
  }

  private promised(type: ts.Type): ts.Type | undefined {
    if (legacyTypeOf(this.checker, type)?.kind !== 'promise') return undefined;
    return this.checker.getTypeArguments(type as ts.TypeReference)[0];
  }

  /** `any` before which a type is written that the checker takes instead; a name that it cannot resolve stays out of its way. */
  private override(type: ts.TypeNode, text: string): void {
    if (this.overridden.has(type)) return;
    this.overridden.add(type);
    this.write(type.getSourceFile(), type.getStart(), `0 extends 0 ? ${text} : `);
  }

  /** `@Inject(TOKEN) private client: any` */
  overrideProperty({ type }: ts.PropertyDeclaration, text: string): void {
    if (type !== undefined && isUntyped(this.checker.getTypeFromTypeNode(type))) this.override(type, text);
  }

  /** `(error, answer: CaptureAnswer) => …` of an operation, and `.then((answer: CaptureAnswer) => …)`. */
  private carryToHandler(call: ts.CallExpression): void {
    for (const handler of call.arguments) {
      if (!ts.isArrowFunction(handler) && !ts.isFunctionExpression(handler)) continue;
      const [expected] = this.checker.getContextualType(handler)?.getCallSignatures() ?? [];
      handler.parameters.forEach((parameter, index) => {
        const given = expected?.getParameters()[index];
        const source = given === undefined ? undefined : this.checker.getTypeOfSymbol(given);
        if (source === undefined || parameter.type === undefined || this.typeText(source) === undefined) return;
        this.describe(innermost(parameter.type), source);
      });
    }
  }

  private describe(inner: ts.TypeNode, source: ts.Type): void {
    if (this.typeText(this.checker.getTypeFromTypeNode(inner)) !== undefined) return;
    const declaration = ownDeclarationOf(this.checker, inner);
    const type = this.promised(source) ?? source;
    const text = this.typeText(type);
    if (declaration === undefined || text === undefined || !this.isMerchants(declaration.getSourceFile())) return;
    const found = this.described.get(declaration) ?? new Map<string, ts.Type>();
    this.described.set(declaration, found.set(text, type));
  }

  /** `call<AuthorizeAnswer>('authorize', …)`, `Repository<AuthorizeAnswer>`: it stands for more than what is followed. */
  private noteOtherUse(node: ts.Node): void {
    if (!ts.isTypeReferenceNode(node)) return;
    const { parent } = node;
    const isArgument =
      (ts.isCallExpression(parent) && parent.typeArguments?.includes(node) === true) ||
      (ts.isTypeReferenceNode(parent) && !CARRIERS.has(parent.typeName.getText()));
    if (isArgument || ts.isExpressionWithTypeArguments(parent)) this.noteOther(node);
  }

  private noteOther(type: ts.TypeNode): void {
    const declaration = ownDeclarationOf(this.checker, type);
    if (declaration !== undefined) this.others.add(declaration);
  }

  /** `private client;` and `this.client = connect(…)` in the constructor. */
  private carryToProperty(node: ts.Node): void {
    if (!isAssignment(node)) return;
    const declaration = assignedDeclaration(this.checker, node);
    if (declaration === undefined || declaration.type !== undefined || !ts.isPropertyDeclaration(declaration)) return;
    if (declaration.initializer !== undefined || this.overridden.has(declaration)) return;
    if (!isUntyped(this.checker.getTypeAtLocation(declaration)) || !isTypeScript(node.getSourceFile().fileName)) return;
    const source = this.sourceOf(node.right);
    const text = source === undefined ? undefined : this.typeText(source);
    if (text === undefined) return;
    this.overridden.add(declaration);
    const end = (declaration.exclamationToken ?? declaration.questionToken ?? declaration.name).getEnd();
    this.write(declaration.getSourceFile(), end, `: ${text}`);
  }

  /** The legacy type of a value, or of the alternative that has one: `client || connect(…)` is `any` as long as `client` is. */
  sourceOf(node: ts.Expression): ts.Type | undefined {
    const type = this.checker.getTypeAtLocation(node);
    if (this.typeText(type) !== undefined) return type;
    if (ts.isParenthesizedExpression(node)) return this.sourceOf(node.expression);
    if (ts.isConditionalExpression(node)) return this.sourceOf(node.whenTrue) ?? this.sourceOf(node.whenFalse);
    if (!ts.isBinaryExpression(node)) return undefined;
    const { kind } = node.operatorToken;
    const isAlternative = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
    if (isAlternative) return this.sourceOf(node.left) ?? this.sourceOf(node.right);
    return isAssignment(node) ? this.sourceOf(node.right) : undefined;
  }
}
