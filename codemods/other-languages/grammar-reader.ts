import { unquote, type Grammar } from './grammar';
import { legacyMethods } from './legacy-methods';
import { textOf, type FileNames, type Scope } from './names';
import { scopeWithin, type NameReader } from './read-names';
import type { Syntax } from './syntax';

/** `withAmazonCaptureId(id)`: the options of a request that is built on the way. */
const BUILT = /\b(?:with|set)([A-Z]\w+)\s*\(/gi;

/** Reads a language by its grammar. */
export function createGrammarReader(grammar: Grammar): NameReader {
  const noted = new Set<Syntax>();

  const noteText = (file: FileNames, node: Syntax, key: string | undefined): void => {
    if (noted.has(node) || !grammar.strings.test(node.kind)) return;
    noted.add(node);
    file.texts.push({ text: unquote(textOf(file.unit, node)), node, key });
  };

  const keysIn = (file: FileNames, node: Syntax): string[] => {
    const pair = grammar.pairOf(file.unit, node);
    return [...(pair === undefined ? [] : [pair.key]), ...node.children.flatMap((child) => keysIn(file, child))];
  };

  const keysOf = (file: FileNames, values: readonly Syntax[]): string[] =>
    values.flatMap((value) => [
      ...keysIn(file, value),
      ...[...textOf(file.unit, value).matchAll(BUILT)].flatMap(([, name]) => name ?? []),
    ]);

  const readFunction = (file: FileNames, node: Syntax, outer: Scope): Scope | undefined => {
    const found = grammar.functionOf(file.unit, node);
    if (found === undefined) return undefined;
    const { name, className, parameters, returns, result } = found;
    const scope = scopeWithin(outer, {
      ...(className === undefined ? {} : { className }),
      ...(name === undefined ? {} : { functionName: name }),
    });
    file.functions.push({ scope, parameters: parameters.map((one) => one.name) });
    for (const { name: parameter, type, value } of parameters) {
      if (type !== undefined) file.typed.push({ scope, name: parameter, member: false, type });
      if (value === undefined) continue;
      file.assigned.push({
        scope,
        to: { kind: 'variable', name: parameter },
        value: grammar.expressionOf(file.unit, value),
      });
    }
    if (returns !== undefined) file.returned.push({ scope, type: returns });
    if (result !== undefined) file.returned.push({ scope, value: grammar.expressionOf(file.unit, result) });
    return scope;
  };

  const readClass = (file: FileNames, node: Syntax, outer: Scope): Scope | undefined => {
    const found = grammar.classOf(file.unit, node);
    if (found === undefined) return undefined;
    const parents = found.parents.map((parent) => textOf(file.unit, parent));
    file.classes.push({ name: found.name, parents, node });
    for (const parent of found.parents) file.mentioned.push({ type: textOf(file.unit, parent), node: parent });
    const scope = scopeWithin(outer, { className: found.name });
    for (const { name, type } of found.fields ?? [])
      if (type !== undefined) file.typed.push({ scope, name, member: true, type });
    return scope;
  };

  const readMixedIn = (file: FileNames, node: Syntax, { className }: Scope): void => {
    const mixed = className === undefined ? undefined : grammar.mixedInOf?.(file.unit, node);
    if (className === undefined || mixed === undefined || mixed.length === 0) return;
    file.classes.push({ name: className, parents: mixed.map((one) => textOf(file.unit, one)), node });
  };

  /** `map(client::capture)`: a method that is not called here. */
  const readTaken = (file: FileNames, node: Syntax, scope: Scope, parent: Syntax | undefined): void => {
    if (!grammar.members.test(node.kind) || parent?.fields.function === node) return;
    const value = grammar.expressionOf(file.unit, node);
    if (value.kind !== 'member' || !legacyMethods(file.language).has(value.name)) return;
    if (parent !== undefined && grammar.assignedOf(file.unit, parent).some(({ to }) => to === node)) return;
    file.taken.push({ scope, of: value.of, name: value.name, node });
  };

  const readCalls = (file: FileNames, node: Syntax, scope: Scope): void => {
    const { unit } = file;
    const describe = (values: readonly Syntax[]) => ({
      arguments: values.map((value) => grammar.expressionOf(unit, value)),
      keys: keysOf(file, values),
    });
    const made = grammar.madeOf(unit, node);
    if (made !== undefined) file.made.push({ scope, type: made.type, node, ...describe(made.values) });
    const call = grammar.callOf(unit, node);
    if (call === undefined) return;
    const { of, name, values } = call;
    file.calls.push({ scope, of, name, node, argumentNodes: values, ...describe(values) });
    const [key, value] = values;
    if (key !== undefined && value !== undefined && grammar.strings.test(key.kind))
      noteText(file, value, unquote(textOf(unit, key)));
  };

  const readAssignments = (file: FileNames, node: Syntax, scope: Scope): void => {
    const { unit } = file;
    for (const { field, value } of grammar.givenOf?.(unit, node) ?? [])
      file.assigned.push({ scope, to: field, value: grammar.expressionOf(unit, value) });
    for (const { to, value } of grammar.assignedOf(unit, node)) {
      const target = grammar.expressionOf(unit, to);
      const link = target.kind === 'unknown' ? grammar.linkOf(unit, to) : undefined;
      if (target.kind === 'variable') file.written.push({ scope, name: target.name, keys: keysOf(file, [value]) });
      if (target.kind !== 'unknown')
        file.assigned.push({ scope, to: target, value: grammar.expressionOf(unit, value) });
      if (link?.name === undefined) continue;
      const held = grammar.expressionOf(unit, link.of);
      if (held.kind === 'variable') file.written.push({ scope, name: held.name, keys: [link.name] });
      noteText(file, value, link.name);
    }
  };

  const readChain = (file: FileNames, node: Syntax, parent: Syntax | undefined): void => {
    const outer = parent === undefined ? undefined : grammar.linkOf(file.unit, parent);
    // What is written is not read.
    if (parent !== undefined && grammar.assignedOf(file.unit, parent).some(({ to }) => to === node)) return;
    if (outer?.of === node || grammar.linkOf(file.unit, node) === undefined) return;
    const names: string[] = [];
    for (let link = grammar.linkOf(file.unit, node); link !== undefined;) {
      if (link.name !== undefined) names.unshift(link.name);
      link = link.of === undefined ? undefined : grammar.linkOf(file.unit, link.of);
    }
    if (names.length > 0) file.reads.push({ names, node });
  };

  return {
    read(node, scope, file, parent) {
      const { unit } = file;
      for (const found of grammar.importsOf(unit, node)) file.imports.push({ ...found, node });
      const namespace = grammar.namespaceOf(unit, node);
      if (namespace !== undefined) file.namespaces.push(namespace);
      readCalls(file, node, scope);
      readAssignments(file, node, scope);
      readTaken(file, node, scope, parent);
      readMixedIn(file, node, scope);
      readChain(file, node, parent);
      for (const { name, type, member = false } of grammar.typedOf(unit, node, parent))
        if (type !== undefined) file.typed.push({ scope, name, type, member });
      const returned = grammar.returnedOf(unit, node);
      if (returned !== undefined) file.returned.push({ scope, value: grammar.expressionOf(unit, returned) });
      const pair = grammar.pairOf(unit, node);
      if (pair !== undefined) noteText(file, pair.value, pair.key);
      noteText(file, node, undefined);
      const named = grammar.namedOf(unit, node, parent);
      if (named !== undefined) file.mentioned.push({ type: named, node });
      return readFunction(file, node, scope) ?? readClass(file, node, scope);
    },
  };
}
