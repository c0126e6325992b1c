import { ts } from 'ts-morph';
import { unwrap, walk } from '../node-client/context';

/** A variable that holds a legacy global, or a part of one. */
export interface Alias {
  readonly name: string;
  /** What it holds: `OffAmazonPayments.Widgets`. */
  readonly path: string;
  /** Where the name means it. */
  readonly scope: ts.Node;
  readonly declaration: ts.Node;
}

export interface Aliases {
  readonly variables: readonly Alias[];
  /** Properties of any object that were set to it: `this.$amazon = window.OffAmazonPayments`. */
  readonly properties: ReadonlyMap<string, string>;
}

const GLOBAL_OBJECTS = new Set(['window', 'self', 'globalThis', 'top', 'parent', 'global', '$wnd', 'unsafeWindow']);
const ROOTS = new Set(['OffAmazonPayments', 'onAmazonLoginReady', 'onAmazonPaymentsReady']);
/** Members of an object that is not known, by which it can only be the legacy global. */
const TELLING = /^(?:Widgets\.(?:AddressBook|Wallet|Consent)|initConfirmationFlow)$/;

const memberOf = (node: ts.Expression): { base: ts.Expression; name: string } | undefined => {
  if (ts.isPropertyAccessExpression(node)) return { base: node.expression, name: node.name.text };
  const isNamed = ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression);
  return isNamed ? { base: node.expression, name: (node.argumentExpression as ts.StringLiteralLike).text } : undefined;
};

const isInside = (node: ts.Node, scope: ts.Node): boolean => node.pos >= scope.pos && node.end <= scope.end;

/** `w = window as any`: another name of the global object. */
const isGlobalObject = (node: ts.Expression, aliases: Aliases): boolean =>
  ts.isIdentifier(node) &&
  (GLOBAL_OBJECTS.has(node.text) ||
    aliases.variables.some(({ name, path, scope }) => path === '' && name === node.text && isInside(node, scope)));

/**
 * What a legacy expression stands for, as the global is written: `OffAmazonPayments.Widgets.Wallet`, `amazon.Login`; '' for
 * the global object, undefined for anything else.
 */
export function pathOf(expression: ts.Expression, aliases: Aliases): string | undefined {
  const node = unwrap(expression);
  if (isGlobalObject(node, aliases)) return '';
  if (ts.isIdentifier(node)) {
    const alias = aliases.variables.find(({ name, scope }) => name === node.text && isInside(node, scope));
    if (alias !== undefined) return alias.path;
    return ROOTS.has(node.text) || node.text === 'amazon' ? node.text : undefined;
  }
  // `window.OffAmazonPayments || {}` is the global where it is there.
  if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?|&&)$/.test(node.operatorToken.getText())) {
    const side = node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ? node.right : node.left;
    return legacyPath(pathOf(side, aliases));
  }
  const member = memberOf(node);
  if (member === undefined) return undefined;
  if (ROOTS.has(member.name)) return member.name;
  const base = pathOf(member.base, aliases);
  if (base !== undefined) return base === '' ? member.name : `${base}.${member.name}`;
  const known = aliases.properties.get(member.name);
  if (known !== undefined) return known;
  const parent = memberOf(member.base);
  const said = parent === undefined ? member.name : `${parent.name}.${member.name}`;
  if (TELLING.test(said)) return `OffAmazonPayments.${said}`;
  return TELLING.test(member.name) ? `OffAmazonPayments.${member.name}` : undefined;
}

const legacyPath = (path: string | undefined): string | undefined =>
  path !== undefined && /^(?:OffAmazonPayments|amazon\.Login)(?:\.|$)/.test(path) ? path : undefined;

/** The function, module or block in which a declared name means something. */
function scopeOf(node: ts.VariableDeclaration): ts.Node {
  const isBlockScoped = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.BlockScoped) !== 0;
  const isScope = (one: ts.Node): boolean =>
    ts.isSourceFile(one) || ts.isFunctionLike(one) || (isBlockScoped && (ts.isBlock(one) || ts.isForStatement(one)));
  return ts.findAncestor(node.parent, isScope) ?? node.getSourceFile();
}

/** The variables and properties of a script that hold a legacy global. An alias of an alias takes another round. */
export function findAliases(source: ts.SourceFile): Aliases {
  const variables: Alias[] = [];
  const properties = new Map<string, string>();
  const aliases = { variables, properties };
  const add = (alias: Alias): void => {
    if (!variables.some(({ declaration, name }) => declaration === alias.declaration && name === alias.name))
      variables.push(alias);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      const path = pathOf(node.initializer, aliases);
      if (path === undefined) return;
      const base = { scope: scopeOf(node), declaration: node };
      if (ts.isIdentifier(node.name)) {
        // A variable of the name of the global is found by that name.
        const isNew = node.name.text !== path && (path === '' || path === 'amazon' || legacyPath(path) !== undefined);
        if (isNew) add({ name: node.name.text, path, ...base });
      } else if (ts.isObjectBindingPattern(node.name)) {
        for (const element of node.name.elements) {
          const key = element.propertyName ?? element.name;
          if (!ts.isIdentifier(element.name) || !ts.isIdentifier(key)) continue;
          const inner = legacyPath(path === '' ? key.text : `${path}.${key.text}`);
          if (inner !== undefined && inner !== element.name.text)
            add({ name: element.name.text, path: inner, ...base });
        }
      }
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const path = legacyPath(pathOf(node.right, aliases));
      if (path === undefined) return;
      const target = unwrap(node.left);
      const member = memberOf(target);
      if (member !== undefined && !ROOTS.has(member.name) && member.name !== 'amazon')
        properties.set(member.name, path);
      else if (ts.isIdentifier(target) && !ROOTS.has(target.text))
        add({ name: target.text, path, scope: source, declaration: node });
    }
  };
  for (let before = -1; before !== variables.length + properties.size;) {
    before = variables.length + properties.size;
    walk(source, visit);
  }
  return aliases;
}
