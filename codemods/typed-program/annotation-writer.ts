import { ts } from 'ts-morph';
import type { AnnotatedFile, Annotation } from './annotated-file';

/** Annotations by file name (with the leading slash of the program). */
export type AnnotationsByFile = Map<string, Annotation[]>;

export const isJavaScript = (file: ts.SourceFile): boolean => /\.[cm]?jsx?$/.test(file.fileName);

/** `error => …` */
const isBare = (parameter: ts.ParameterDeclaration): boolean =>
  ts.isArrowFunction(parameter.parent) &&
  !parameter.getSourceFile().text.slice(parameter.parent.getStart(), parameter.getStart()).includes('(');

/** Writes types into the analysis copies: as a comment in JavaScript, as a type in TypeScript. */
export class AnnotationWriter {
  readonly found: AnnotationsByFile = new Map();

  constructor(private readonly fileOf: (fileName: string) => AnnotatedFile | undefined) {}

  write(source: ts.SourceFile, position: number, text: string): void {
    const file = this.fileOf(source.fileName);
    if (file === undefined) return;
    const list = this.found.get(source.fileName) ?? [];
    list.push({ at: file.toOriginal(position), text });
    this.found.set(source.fileName, list);
  }

  /** Before or behind a parameter, or beside the `any` that it has. */
  typeParameter(parameter: ts.ParameterDeclaration, text: string): void {
    const source = parameter.getSourceFile();
    const bare = isBare(parameter);
    if (isJavaScript(source)) {
      // A comment says nothing of a parameter without parentheses.
      this.write(source, parameter.name.getStart(), `${bare ? '(' : ''}/** @type {${text}} */ `);
      if (bare) this.write(source, parameter.name.getEnd(), ')');
    } else if (parameter.type === undefined) {
      const end = (parameter.questionToken ?? parameter.name).getEnd();
      if (bare) this.write(source, parameter.getStart(), '(');
      this.write(source, end, bare ? `: ${text})` : `: ${text}`);
    } else if (parameter.type.kind === ts.SyntaxKind.AnyKeyword) {
      this.write(source, parameter.type.getEnd(), ` & ${text} extends infer T ? ${text} : never`);
    }
  }

  typeVariable(declaration: ts.VariableDeclaration, text: string): void {
    const source = declaration.getSourceFile();
    if (isJavaScript(source)) this.write(source, declaration.name.getStart(), `/** @type {${text}} */ `);
    else this.write(source, declaration.name.getEnd(), `: ${text}`);
  }

  /** `new Promise(…)`, by what it resolves to. */
  typePromise(expression: ts.NewExpression, text: string): void {
    const source = expression.getSourceFile();
    if (isJavaScript(source)) {
      this.write(source, expression.getStart(), `/** @type {Promise<${text}>} */ (`);
      this.write(source, expression.getEnd(), ')');
    } else {
      this.write(source, expression.expression.getEnd(), `<${text}>`);
    }
  }

  cast(node: ts.Expression, type: string): void {
    const source = node.getSourceFile();
    if (isJavaScript(source)) {
      this.write(source, node.getStart(), `(/** @type {${type}} */ (`);
      this.write(source, node.getEnd(), '))');
    } else {
      this.write(source, node.getStart(), '(');
      this.write(source, node.getEnd(), ` as ${type})`);
    }
  }
}
