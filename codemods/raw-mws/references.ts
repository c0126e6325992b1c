import { ts } from 'ts-morph';
import { nodesOf } from '../typed-program/nodes';

/** `exports.capture`: the checker takes the word for what is exported by it. */
const isModule = (node: ts.Identifier): boolean =>
  /^(?:exports|module)$/.test(node.text) && ts.isPropertyAccessExpression(node.parent) && node.parent.name !== node;

/** Into the list that is there: `this` and `module` stand thousands of times in a large project. */
function append<Key>(lists: Map<Key, ts.Identifier[]>, key: Key, node: ts.Identifier): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [node]);
  else list.push(node);
}

/** Where the names of a project are used: by symbol, through imports, and by text for what no type tells. */
export class References {
  private readonly bySymbol = new Map<ts.Symbol, ts.Identifier[]>();
  private readonly byText = new Map<string, ts.Identifier[]>();

  constructor(
    private readonly checker: ts.TypeChecker,
    sources: readonly ts.SourceFile[],
  ) {
    for (const source of sources)
      for (const node of nodesOf(source)) if (ts.isIdentifier(node) && !isModule(node)) this.add(node);
  }

  private add(node: ts.Identifier): void {
    for (const symbol of this.symbolsAt(node)) append(this.bySymbol, symbol, node);
    append(this.byText, node.text, node);
  }

  /** `{ capture }` names a property and a variable, and the same in a pattern. */
  private symbolsAt(node: ts.Identifier): ts.Symbol[] {
    const { parent } = node;
    const found = [this.checker.getSymbolAtLocation(node)];
    if (ts.isShorthandPropertyAssignment(parent)) found.push(this.checker.getShorthandAssignmentValueSymbol(parent));
    if (ts.isBindingElement(parent) && parent.propertyName === undefined && ts.isObjectBindingPattern(parent.parent))
      found.push(this.checker.getTypeAtLocation(parent.parent).getProperty(node.text));
    if (ts.isExportSpecifier(parent)) found.push(this.checker.getExportSpecifierLocalTargetSymbol(parent));
    return [...new Set(found.flatMap((symbol) => (symbol === undefined ? [] : [this.origin(symbol)])))];
  }

  /** What an import stands for. */
  origin(symbol: ts.Symbol): ts.Symbol {
    if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol;
    const target = this.checker.getAliasedSymbol(symbol);
    return target.declarations === undefined ? symbol : target;
  }

  /** The symbol of a name, through imports. */
  symbolOf(name: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(name);
    return symbol === undefined ? undefined : this.origin(symbol);
  }

  /** Every place that names this symbol, its declaration among them. */
  of(symbol: ts.Symbol): readonly ts.Identifier[] {
    return this.bySymbol.get(symbol) ?? [];
  }

  /** Every place with this name, whatever it stands for. */
  named(text: string): readonly ts.Identifier[] {
    return this.byText.get(text) ?? [];
  }
}
