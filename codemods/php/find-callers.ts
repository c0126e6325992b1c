import { ancestorsOf, methodIn, descendantsOf, type DeclaredClass } from './class-line';
import type { PhpFile, Project } from './project';
import { Refusal } from './refusal';
import { classOf, declaredName, isMethodCall, nameOf, placeOf, usesTraits, visibilityOf, type PhpNode } from './tree';

/** A call of a function that the project declares. */
export interface CallOfOwn {
  readonly file: PhpFile;
  readonly call: PhpNode;
}

/**
 * The name of a function as a value: who has it can call it. Neither a key of an array is one, nor what is asked for by
 * `function_exists`.
 */
function asText(name: string): string {
  const text = `(?<!\\bfunction_exists\\s*\\(\\s*)['"](?:[\\w\\\\]+::)?${name}['"](?!\\s*=>)`;
  return `(?:(?<!\\[\\s*)${text}|${text}(?!\\s*\\]))`;
}

/** Calls of methods whose names are computed. */
const COMPUTED =
  /\bcall_user_func|(?:->|::)\s*(?:\$\w+\s*\(|\{)|\bReflection(?:Class|Method|Object)\b|(?:\[|array\()\s*\$this\s*,\s*\$/;

/**
 * Every call of a function or method of the project.
 *
 * @throws Refusal where there may be one that is not seen
 */
export function findCallers(project: Project, file: PhpFile, declaration: PhpNode): readonly CallOfOwn[] {
  const name = declaredName(file.source, declaration);
  if (name === undefined || name.startsWith('__'))
    throw new Refusal('it leaves a function that has no name of its own');
  const isMethod = declaration.kind === 'method_declaration';
  const calls = isMethod
    ? callsOfMethod(project, file, declaration, name)
    : callsOfFunction(project, file, declaration, name);
  if (calls.length === 0) throw new Refusal(`nothing in this project is seen to call ${name}`);
  return calls;
}

/**
 * Every place that makes an object of the class of a constructor, or that calls it from a class below.
 *
 * @throws Refusal where there may be one that is not seen
 */
export function findConstructions(project: Project, file: PhpFile, constructor: PhpNode): readonly CallOfOwn[] {
  const owner = classOf(constructor);
  const className = owner === undefined ? undefined : file.types.names.nameOf(owner);
  if (className === undefined) throw new Refusal('its class has no name of its own');
  const below = descendantsOf(project, className);
  const made = [
    className,
    ...below.filter((one) => methodIn(one, '__construct') === undefined).map(({ name }) => name),
  ];
  const family = [className, ...below.map(({ name }) => name)].map((name) => name.replace(/^.*\\/, '')).join('|');
  const byName = `\\b(?:${family})::class\\b|['"][\\w\\\\]*\\b(?:${family})['"]`;
  const calls = project.filesWith(new RegExp(`\\b(?:${family})\\b`, 'i')).flatMap((other) => {
    const { source, types } = other;
    if (new RegExp(byName, 'i').test(source.text)) throw new Refusal(`${source.path} may make one by its name`);
    return source.all('object_creation_expression', 'scoped_call_expression').flatMap((call) => {
      const isMade = call.kind === 'object_creation_expression' && made.includes(types.classOf(call) ?? '');
      const isUp =
        /^parent::__construct\b/i.test(source.textOf(call)) && below.some(({ node }) => node === classOf(call));
      return isMade || isUp ? [{ file: other, call }] : [];
    });
  });
  if (calls.length === 0) throw new Refusal('nothing in this project is seen to make it');
  const elsewhere = `\\b(?:new|extends)\\s+[\\w\\\\]*\\b(?:${family})\\b|${byName}`;
  project.refuseElsewhere(new RegExp(elsewhere, 'i'), family.split('|')[0] ?? '');
  return calls;
}

function callsOfFunction(project: Project, file: PhpFile, declaration: PhpNode, name: string): readonly CallOfOwn[] {
  const { namespace } = file.types.names;
  const mention = new RegExp(`\\b${name}\\b`, 'i');
  const calls = project.filesWith(mention).flatMap((other) => {
    const { source, types } = other;
    const isImported = new RegExp(`\\buse\\s+function\\b[^;]*\\b${name}\\b`, 'i').test(source.text);
    const isText = new RegExp(asText(name), 'i').test(source.text);
    const isTwice = source
      .all('function_definition')
      .some((one) => one !== declaration && declaredName(source, one)?.toLowerCase() === name.toLowerCase());
    if (isImported || isText || isTwice || !types.names.isOne)
      throw new Refusal(`it is not certain who calls ${name}: see ${source.path}`);
    return source
      .all('function_call_expression')
      .filter((call) => {
        const written = source.textOf(call.parts[0] ?? call).toLowerCase();
        if (written.includes('\\')) return types.names.resolve(written) === namespace + name.toLowerCase();
        return written === name.toLowerCase() && (types.names.namespace === namespace || namespace === '');
      })
      .map((call) => ({ file: other, call }));
  });
  project.refuseElsewhere(mention, name);
  return calls;
}

function callsOfMethod(project: Project, file: PhpFile, declaration: PhpNode, name: string): readonly CallOfOwn[] {
  const owner = classOf(declaration);
  const className = owner === undefined ? undefined : file.types.names.nameOf(owner);
  if (owner === undefined || className === undefined || !file.types.names.isOne)
    throw new Refusal('it leaves a class that has no name of its own');
  const declared = { file, node: owner, name: className };
  const isPrivate = visibilityOf(file.source, declaration) === 'private' && !usesTraits(owner);
  if (isPrivate)
    return callsIn(file, name, owner)
      .filter((call) => isOf(file, call, declared, [], []))
      .map((call) => ({ file, call }));
  const above = ancestorsOf(project, declared);
  const below = descendantsOf(project, className);
  const rival = [...above, ...below].find((one) => methodIn(one, name) !== undefined);
  if (rival !== undefined) throw new Refusal(`${name} is declared in ${rival.file.source.path} as well`);
  const family = [declared, ...below].map((one) => one.name.replace(/^.*\\/, '')).join('|');
  for (const other of project.filesWith(new RegExp(`\\b(?:${family})\\b`, 'i'))) {
    if (COMPUTED.test(other.source.text)) throw new Refusal(`${other.source.path} calls methods by computed names`);
  }
  const calls = project.filesWith(new RegExp(`\\b${name}\\b`, 'i')).flatMap((other) =>
    callsIn(other, name)
      .filter((call) => isOf(other, call, declared, above, below))
      .map((call) => ({ file: other, call })),
  );
  const extending = `\\bextends\\s+[\\w\\\\]*\\b(?:${family})\\b`;
  project.refuseElsewhere(new RegExp(`(?:->|::)\\s*${name}\\b|${extending}|${asText(name)}`, 'i'), name);
  return calls;
}

/** The calls of methods of one name; refused where the name stands as a text as well. */
function callsIn({ source }: PhpFile, name: string, below: PhpNode = source.root): readonly PhpNode[] {
  if (new RegExp(asText(name), 'i').test(source.text))
    throw new Refusal(`${source.path} has the name of ${name} as a text, and may call it`);
  return source
    .nodes(below)
    .filter(
      (node) =>
        (isMethodCall(node) || node.kind === 'scoped_call_expression') &&
        nameOf(source, node)?.toLowerCase() === name.toLowerCase(),
    );
}

/** Whether a method is called on a class; refused where that is not certain. */
function isOf(
  { source, types }: PhpFile,
  call: PhpNode,
  declared: DeclaredClass,
  above: readonly DeclaredClass[],
  below: readonly DeclaredClass[],
): boolean {
  const [object] = call.parts;
  const written = object === undefined ? '' : source.textOf(object);
  const isStatic = call.kind === 'scoped_call_expression' && !/^[$(]/.test(written);
  const isUp = /^parent$/i.test(written);
  const owner = classOf(call);
  const own = owner === undefined ? undefined : types.names.nameOf(owner);
  const isOwn = /^(?:self|static|parent|\$this)$/i.test(written);
  const name = isOwn
    ? own
    : isStatic
      ? types.names.resolve(written)
      : object === undefined
        ? undefined
        : types.classOf(object);
  const family = [declared, ...below].map((one) => one.name);
  if (name === undefined || (!isUp && above.some((one) => one.name === name)) || !types.names.isOne)
    throw new Refusal(`it is not certain whose ${nameOf(source, call)} ${placeOf(source, call)} calls`);
  return family.includes(name) && !(isUp && name === declared.name);
}
