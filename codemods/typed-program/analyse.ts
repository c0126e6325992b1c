import type { ts } from 'ts-morph';
import type { ModuleNames, SourceUnit } from '../codemod';
import { AnnotatedFile, type Annotation } from './annotated-file';
import type { StaysLegacy } from './ambient';
import { STAGES, TypeCarrier } from './annotate';
import { APART, namesOfClients, ownModules } from './own-modules';
import { declaredAnswers } from './declared-answers';
import { emittedTypes } from './emitted-types';
import { legacyAliases } from './package-aliases';
import { isScript, ProgramBuilder, type TypedProgram } from './program';

/** Calls of calls of calls: a type needs one round for every untyped function it passes. */
const MAX_ROUNDS = 6;

export interface AnalysedFile {
  readonly unit: SourceUnit;
  readonly source: ts.SourceFile;
  readonly annotated: AnnotatedFile;
}

export interface Analysis {
  readonly checker: ts.TypeChecker;
  readonly files: readonly AnalysedFile[];
}

/**
 * Types every script among the units with the legacy packages declared, and carries those types through untyped code.
 * Nothing is resolved from disk.
 *
 * @param seed types that are known before, by path: what a function of the merchant returns
 * @param stays operations whose calls are not rewritten: what reads their answers stays too
 */
export function analyse(
  units: readonly SourceUnit[],
  modules: ModuleNames,
  seed: ReadonlyMap<string, readonly Annotation[]> = new Map(),
  stays?: StaysLegacy,
): Analysis {
  const aliases = legacyAliases(modules.packages, units);
  const scripts = units.filter((unit) => isScript(unit));
  const annotated = new Map(scripts.map((unit) => [`/${unit.path}`, new AnnotatedFile(unit.path, unit.text)]));
  for (const [path, annotations] of seed) annotated.get(`/${path}`)?.add(annotations);
  for (const { path, text } of scripts) annotated.get(`/${path}`)?.add(emittedTypes(text));
  for (const { path, text } of scripts)
    annotated.get(`/${path}`)?.add(ownModules(text, aliases).map(({ nameEnd }) => ({ at: nameEnd, text: APART })));
  const modulesOfTheirOwn = scripts.filter(({ text }) => ownModules(text, aliases).length > 0);
  const clientNames = new Set(modulesOfTheirOwn.flatMap(({ text }) => namesOfClients(text)));
  const builder = new ProgramBuilder(modules, aliases, clientNames, stays, declaredAnswers(scripts, aliases));
  let program = build(builder, annotated);
  let isSettled = false;
  for (const stage of STAGES) {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      // What the stages before had nothing to say of is not gone through again.
      const carrier: TypeCarrier = new TypeCarrier(program.checker, (name) => annotated.get(name), stage, isSettled);
      isSettled = carryTypes(carrier, program, annotated) === 0;
      if (isSettled) break;
      program = build(builder, annotated);
    }
  }
  const files = scripts.flatMap((unit): AnalysedFile[] => {
    const source = program.sourceFile(unit.path);
    const copy = annotated.get(`/${unit.path}`);
    return source === undefined || copy === undefined ? [] : [{ unit, source, annotated: copy }];
  });
  return { checker: program.checker, files };
}

const build = (builder: ProgramBuilder, annotated: ReadonlyMap<string, AnnotatedFile>): TypedProgram =>
  builder.build([...annotated.values()].map((file) => ({ path: file.path, text: file.text })));

/** Returns how many new annotations there are. */
function carryTypes(
  carrier: TypeCarrier,
  program: TypedProgram,
  annotated: ReadonlyMap<string, AnnotatedFile>,
): number {
  for (const file of annotated.values()) {
    const source = program.sourceFile(file.path);
    if (source !== undefined) carrier.collect(source);
  }
  let added = 0;
  for (const [name, annotations] of carrier.annotations) added += annotated.get(name)?.add(annotations) ?? 0;
  return added;
}
