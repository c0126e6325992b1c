import { ts } from 'ts-morph';
import { unwrap, walk } from '../node-client/context';
import { aroundOf, findUses, type Use } from './find-uses';
import { ruleOfSymbol, type Script } from './script';
import type { Project } from './project';
import { removeStatement, replaceByDecision } from './remove-statement';

/** Whether a function only prepares Login with Amazon, so that nothing of it is left. */
function onlySetsUp(script: Script, body: ts.ConciseBody | undefined): boolean {
  if (body === undefined) return false;
  const uses = findUses(body, script.aliases);
  const isSetup = (node: ts.Expression): boolean =>
    ts.isCallExpression(node) &&
    uses.some(({ symbol, node: callee }) => aroundOf(callee).parent === node && /^amazon\.Login\.set/.test(symbol));
  if (!ts.isBlock(body)) return isSetup(body);
  return body.statements.every((statement) => ts.isExpressionStatement(statement) && isSetup(statement.expression));
}

function reportSetup(script: Script, node: ts.Node): void {
  for (const use of findUses(node, script.aliases)) script.reportSymbol(use.node, use.symbol, { rewritten: true });
}

/** `window.onAmazonPaymentsReady = show` becomes `whenAmazonPayIsLoaded(show)`; a function that only sets up goes. */
export function rewriteReady(script: Script, use: Use, project: Project): boolean {
  if (use.kind === 'read') return rewriteDelete(script, use);
  const assignment = aroundOf(use.node).parent;
  if (use.kind !== 'assign' || !ts.isBinaryExpression(assignment) || script.hasControlTag(use.node)) return false;
  const value = unwrap(assignment.right);
  const isFunction = ts.isFunctionExpression(value) || ts.isArrowFunction(value);
  const statement = ts.isExpressionStatement(assignment.parent) ? assignment.parent : undefined;
  const canGo = isFunction && onlySetsUp(script, value.body) && !project.hasSiteLogin;
  if (isNothing(value)) {
    if (statement === undefined) return false;
    const isOfFunction = ts.findAncestor(statement, ts.isFunctionLike) !== undefined;
    return isOfFunction ? takeBack(script, use, statement) : removeReady(script, use, statement);
  }
  if (canGo && statement !== undefined && !script.hasControlTag(statement)) return removeReady(script, use, statement);
  const chained = ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  script.needs.add('whenAmazonPayIsLoaded');
  script.rewriter.replace(assignment, (emit) =>
    chained ? emit(assignment.right) : `whenAmazonPayIsLoaded(${emit(assignment.right)})`,
  );
  return true;
}

const isNothing = (node: ts.Expression): boolean => /^(?:undefined|null|void 0)$/.test(node.getText());

/** `delete window.onAmazonPaymentsReady` */
function rewriteDelete(script: Script, use: Use): boolean {
  const deletion = aroundOf(use.node).parent;
  const isStatement = ts.isDeleteExpression(deletion) && ts.isExpressionStatement(deletion.parent);
  return isStatement && takeBack(script, use, deletion.parent);
}

const NOT_TAKEN_BACK =
  'the function that waits for checkout.js is not taken back here; it draws nothing where the place for it is gone: see whether it does anything else that must not happen then.';

/** A component that goes takes its function back, so that it is not called any more. */
function takeBack(script: Script, use: Use, statement: ts.Statement): boolean {
  script.reportSymbol(use.node, use.symbol, { rewritten: true, automation: 'assisted' });
  replaceByDecision(script, statement, ruleOfSymbol(use.symbol), NOT_TAKEN_BACK);
  return true;
}

function removeReady(script: Script, use: Use, statement: ts.Statement): boolean {
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  reportSetup(script, statement);
  removeStatement(script, statement);
  return true;
}

const NEW_NAMES: Readonly<Record<string, string>> = {
  onAmazonLoginReady: 'onAmazonPayLoaded',
  onAmazonPaymentsReady: 'onAmazonPayReady',
};

/** `function onAmazonPaymentsReady() {…}` of a page gets a name that means nothing, and is called. */
export function rewriteReadyFunctions(script: Script, project: Project): void {
  for (const node of script.source.statements) {
    const declared = ts.isFunctionDeclaration(node) ? node.name : variableOf(node);
    const name = declared?.text ?? '';
    const newName = NEW_NAMES[name];
    if (newName === undefined || declared === undefined || script.hasControlTag(node)) continue;
    const body = ts.isFunctionDeclaration(node) ? node.body : bodyOf(node);
    const references = referencesTo(script, name).filter((one) => one !== declared);
    script.reportSymbol(declared, name, { rewritten: true });
    if (onlySetsUp(script, body) && references.length === 0 && !project.hasSiteLogin) {
      reportSetup(script, node);
      removeStatement(script, node);
      continue;
    }
    script.needs.add('whenAmazonPayIsLoaded');
    for (const reference of [declared, ...references]) script.rewriter.replace(reference, () => newName);
    const { eol, semicolons } = script.style;
    const end = script.rewriter.end(node);
    script.rewriter.insert(
      end,
      `${eol}${script.indentOf(node)}whenAmazonPayIsLoaded(${newName})${semicolons ? ';' : ''}`,
    );
  }
}

function variableOf(node: ts.Statement): ts.Identifier | undefined {
  const [declaration, ...more] = ts.isVariableStatement(node) ? node.declarationList.declarations : [];
  const isFunction = declaration?.initializer !== undefined && ts.isFunctionLike(unwrap(declaration.initializer));
  return isFunction && more.length === 0 && ts.isIdentifier(declaration.name) ? declaration.name : undefined;
}

function bodyOf(node: ts.Statement): ts.ConciseBody | undefined {
  const [declaration] = ts.isVariableStatement(node) ? node.declarationList.declarations : [];
  const value = declaration?.initializer === undefined ? undefined : unwrap(declaration.initializer);
  return value !== undefined && (ts.isFunctionExpression(value) || ts.isArrowFunction(value)) ? value.body : undefined;
}

/** Bare uses of a name; `window.onAmazonPaymentsReady` is a use of its own. */
function referencesTo(script: Script, name: string): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  walk(script.source, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return;
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return;
    found.push(node);
  });
  return found;
}
