import { ts } from 'ts-morph';
import type { FileContext } from '../context';

/** How each container is told what belongs at a place, instead of by the class that its type names. */
const CONTAINERS: Readonly<Record<string, { readonly inject: string; readonly token: (name: string) => string }>> = {
  '@nestjs/common': { inject: 'Inject', token: (name) => name },
  inversify: { inject: 'inject', token: (name) => name },
  tsyringe: { inject: 'inject', token: (name) => name },
  typedi: { inject: 'Inject', token: (name) => `() => ${name}` },
};

/** What a container fills: a parameter of the constructor of a decorated class, or a decorated property. */
function filledAt(node: ts.TypeReferenceNode): ts.ParameterDeclaration | ts.PropertyDeclaration | undefined {
  const place = ts.findAncestor(
    node,
    (each): each is ts.ParameterDeclaration | ts.PropertyDeclaration =>
      ts.isParameter(each) || ts.isPropertyDeclaration(each),
  );
  if (place?.type === undefined || ts.findAncestor(node, (each) => each === place.type) === undefined) return undefined;
  // `Promise<AmazonPayClient>` names no class to a container.
  if (ts.isTypeReferenceNode(node.parent)) return undefined;
  if (ts.isPropertyDeclaration(place)) return decoratorsOf(place).length > 0 ? place : undefined;
  const { parent } = place;
  return ts.isConstructorDeclaration(parent) && decoratorsOf(parent.parent).length > 0 ? place : undefined;
}

const decoratorsOf = (node: ts.Node): readonly ts.CallExpression[] =>
  (ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? expression : [],
  );

const isInject = ({ expression }: ts.CallExpression): boolean => /^inject$/i.test(expression.getText());

interface Imported {
  readonly container: (typeof CONTAINERS)[string];
  readonly elements: readonly ts.ImportSpecifier[];
}

/** The names that a file imports from the container whose decorator stands above a class. */
function containerOf(place: ts.Node): Imported | undefined {
  for (const statement of place.getSourceFile().statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const container = CONTAINERS[statement.moduleSpecifier.text];
    const bindings = statement.importClause?.isTypeOnly === true ? undefined : statement.importClause?.namedBindings;
    if (container === undefined || bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const names = bindings.elements.map(({ name }) => name.text);
    if (classDecorators(place).some(({ expression }) => names.includes(expression.getText())))
      return { container, elements: bindings.elements };
  }
  return undefined;
}

const classDecorators = (place: ts.Node): readonly ts.CallExpression[] => {
  const found = ts.findAncestor(place, ts.isClassLike);
  return found === undefined ? [] : decoratorsOf(found);
};

/** The container finds under `@Inject(AmazonPayClient)` what it finds under the class that the type names. */
function injectByName(
  context: FileContext,
  place: ts.ParameterDeclaration | ts.PropertyDeclaration,
  name: string,
): boolean {
  const found = containerOf(place);
  if (found === undefined) return false;
  const { container, elements } = found;
  const isImported = elements.some((element) => element.name.text === container.inject);
  const given = decoratorsOf(place).find(isInject);
  if (given !== undefined) {
    if (!isImported || given.expression.getText() !== container.inject) return false;
    context.rewriter.insert(context.rewriter.end(given) - 1, container.token(name));
    return true;
  }
  const [first] = elements;
  if (ts.isPropertyDeclaration(place) || first === undefined) return false;
  if (!isImported) context.rewriter.insert(context.rewriter.start(first), `${container.inject}, `);
  context.rewriter.insert(context.rewriter.start(place), `@${container.inject}(${container.token(name)}) `);
  return true;
}

/**
 * Decorators hand the class that a type names to a container (`emitDecoratorMetadata`), and of a generic type nothing but
 * `Object`: the container would find no provider for it.
 *
 * @returns whether the type can be changed: by now, or all along, the container is told by a value what belongs there
 */
export function keepInjection(context: FileContext, node: ts.TypeReferenceNode): boolean {
  const place = filledAt(node);
  if (place === undefined) return true;
  const name = context.text(node);
  const decorators = decoratorsOf(place);
  if (decorators.some((each) => isInject(each) && each.arguments.length > 0)) return true;
  if (injectByName(context, place, name)) return true;
  context.leaveOpen(place, {
    rule: 'node-client/type-reference',
    legacy: { name },
    replacement: null,
    message: `The container finds what belongs here by the class ${name}, so the type stays; name the class to it in its own words, as by @inject(${name}), and make the type BesideLegacy<${name}, WebStoreClient>, whose checkoutV2 is the v2 client.`,
  });
  return false;
}
