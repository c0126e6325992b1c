import { ts } from 'ts-morph';
import { unwrap } from '../node-client/context';
import { type FunctionNode, isFunction } from './find-executors';

/**
 * The function that an expression stands for: 'elsewhere' when it certainly is none of the project, undefined when that is
 * not known.
 */
export type Behind = FunctionNode | 'elsewhere' | undefined;

/** Something else than a function of the project: of a package, of the language. */
const isElsewhere = (symbol: ts.Symbol): boolean =>
  symbol.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;

/** The module that a declaration is loaded from: `const request = require('request')`, `import { post } from 'request'`. */
function moduleOf(declaration: ts.Declaration): string | undefined {
  const from = ts.findAncestor(declaration, (node) => ts.isImportDeclaration(node) || ts.isVariableDeclaration(node));
  return /(?:\bfrom|\brequire\s*\(|^import)\s*(['"])(.+?)\1/.exec(from?.getText() ?? '')?.[2];
}

/** Finds the functions behind expressions, through imports, properties, patterns, `bind` and `promisify`. */
export class FunctionFinder {
  /** @param dependencies names of installed packages; a scoped name may also be an alias of a folder. */
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly dependencies: ReadonlySet<string>,
  ) {}

  /** Follows what is called, or handed on, to its function. */
  behind(expression: ts.Expression, seen = new Set<ts.Node>()): Behind {
    const node = unwrap(expression);
    if (seen.has(node)) return undefined;
    seen.add(node);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node;
    if (ts.isCallExpression(node)) return this.behindCall(node, seen);
    if (ts.isIdentifier(node)) return this.behindSymbol(this.symbolAt(node), seen);
    const name = ts.isPropertyAccessExpression(node)
      ? node.name
      : ts.isElementAccessExpression(node)
        ? node.argumentExpression
        : undefined;
    if (name === undefined) return undefined;
    const receiver = (node as ts.PropertyAccessExpression | ts.ElementAccessExpression).expression;
    if (/^(?:call|apply)$/.test(name.getText()) && this.symbolAt(name) === undefined)
      return this.behind(receiver, seen);
    const symbol = this.symbolAt(name);
    if (symbol !== undefined) return this.behindSymbol(symbol, seen);
    return this.isPackage(receiver) ? 'elsewhere' : undefined;
  }

  /** `exec.bind(this)`, `promisify(exec)`, `Q.nbind(mws.exec, mws)` */
  private behindCall(call: ts.CallExpression, seen: Set<ts.Node>): Behind {
    const callee = call.expression;
    if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'bind')
      return this.behind(callee.expression, seen);
    const [first] = call.arguments;
    return first !== undefined && /\b(?:promisify|nbind|denodeify|nfbind)$/.test(callee.getText())
      ? this.behind(first, seen)
      : undefined;
  }

  private symbolAt(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? this.unalias(symbol) : symbol;
  }

  /** What is imported, or the import itself where that file is not known. */
  private unalias(alias: ts.Symbol): ts.Symbol {
    const target = this.checker.getAliasedSymbol(alias);
    return target.declarations === undefined ? alias : target;
  }

  private behindSymbol(symbol: ts.Symbol | undefined, seen: Set<ts.Node>): Behind {
    const declarations = symbol?.declarations ?? [];
    if (symbol === undefined || declarations.length === 0) return undefined;
    if (isElsewhere(symbol)) return 'elsewhere';
    const found = declarations.map((declaration) => this.behindDeclaration(declaration, seen));
    return found.find((each) => each !== undefined && each !== 'elsewhere') ?? found[0];
  }

  private behindDeclaration(declaration: ts.Declaration, seen: Set<ts.Node>): Behind {
    if (isFunction(declaration)) return declaration;
    if (ts.isShorthandPropertyAssignment(declaration))
      return this.behindSymbol(this.checker.getShorthandAssignmentValueSymbol(declaration), seen);
    if (ts.isBindingElement(declaration)) return this.behindElement(declaration, seen);
    if (ts.isExportAssignment(declaration)) return this.behind(declaration.expression, seen);
    const { parent } = declaration;
    // exports.send = …, self.send = …
    if (ts.isBinaryExpression(parent) && (parent.left as ts.Node) === declaration)
      return this.behind(parent.right, seen);
    if (ts.isBinaryExpression(declaration)) return this.behind(declaration.right, seen);
    if (this.isOfPackage(declaration)) return 'elsewhere';
    const hasValue =
      ts.isVariableDeclaration(declaration) ||
      ts.isPropertyAssignment(declaration) ||
      ts.isPropertyDeclaration(declaration);
    return hasValue && declaration.initializer !== undefined ? this.behind(declaration.initializer, seen) : undefined;
  }

  /** `const { exec: send } = mws` */
  private behindElement(element: ts.BindingElement, seen: Set<ts.Node>): Behind {
    const key = element.propertyName ?? element.name;
    const name = ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? key.text : undefined;
    const type = this.checker.getTypeAtLocation(element.parent);
    const property = name === undefined ? undefined : type.getProperty(name);
    if (property !== undefined) return this.behindSymbol(property, seen);
    return this.isOfPackage(element) ? 'elsewhere' : undefined;
  }

  /** It comes out of a package, whose files are not among those of the project. */
  private isOfPackage(declaration: ts.Declaration): boolean {
    const specifier = moduleOf(declaration);
    if (specifier === undefined || /^[./~#]/.test(specifier)) return false;
    return !specifier.startsWith('@') || this.dependencies.has(specifier.split('/').slice(0, 2).join('/'));
  }

  /** `request.post(…)`, `JSON.parse(…)`, where the name on the left is of a package or of the language. */
  private isPackage(receiver: ts.Expression): boolean {
    const node = unwrap(receiver);
    if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return this.isPackage(node.expression);
    if (!ts.isIdentifier(node)) return ts.isRegularExpressionLiteral(node) || ts.isStringLiteralLike(node);
    const declarations = this.symbolAt(node)?.declarations ?? [];
    return (
      declarations.length > 0 &&
      declarations.every(
        (declaration) => declaration.getSourceFile().isDeclarationFile || this.isOfPackage(declaration),
      )
    );
  }

  /** The object that a name stands for in every call; 'local' where a function made it or is given it. */
  valueOf(expression: ts.Expression): ts.ObjectLiteralExpression | 'local' | undefined {
    const node = unwrap(expression);
    const declaration = ts.isIdentifier(node) ? this.symbolAt(node)?.valueDeclaration : undefined;
    if (declaration === undefined) return undefined;
    if (ts.findAncestor(declaration, ts.isFunctionLike) !== undefined) return 'local';
    const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value !== undefined && ts.isObjectLiteralExpression(value) ? value : undefined;
  }
}
