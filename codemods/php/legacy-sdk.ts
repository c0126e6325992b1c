import { phpEvidence } from '../../src/catalog/languages';
import type { Edit, FindingDraft, SourceUnit } from '../codemod';
import { applyEdits } from '../rewriting/apply-edits';
import { cutLine } from './cut-line';
import type { Project } from './project';
import { statementOf } from './tree';

const INCLUDES = ['include_expression', 'include_once_expression', 'require_expression', 'require_once_expression'];
/** A copy of the legacy SDK (facts: other-languages.md section 1). */
const COPY =
  /amazon-pay\.phar|(?:AmazonPay|PayWithAmazon)\/\w+\.php|amazon-pay-sdk-php\b|login-and-pay-with-amazon-sdk-php\b/;

/** Whether nothing that was read names the legacy SDK any more, though something did. */
export function isLegacyGone(units: readonly SourceUnit[], edits: readonly Edit[]): boolean {
  const wereLegacy = units.filter(({ text }) => phpEvidence.test(text));
  const staying = wereLegacy.filter((unit) =>
    phpEvidence.test(
      applyEdits(
        unit.text,
        edits.filter(({ path }) => path === unit.path),
      ),
    ),
  );
  return wereLegacy.length > 0 && staying.length === 0;
}

/** Takes out what loads a copy of the legacy SDK, once nothing uses that. */
export function unloadCopies(project: Project): {
  readonly edits: readonly Edit[];
  readonly findings: readonly FindingDraft[];
} {
  const edits: Edit[] = [];
  const findings: FindingDraft[] = [];
  for (const file of project.readAll(({ text }) => COPY.test(text))) {
    const { source } = file;
    for (const include of source.all(...INCLUDES)) {
      if (!COPY.test(source.textOf(include)) || include.parent?.kind !== 'expression_statement') continue;
      const statement = statementOf(include);
      const isLoaded = /\bvendor\/autoload\.php\b/.test(source.text);
      const decision = `TODO(amazon-pay-v2) php/legacy-sdk: ${LOAD}`;
      const span = { path: source.path, start: statement.start, end: statement.end };
      edits.push(isLoaded ? cutLine(file, statement) : { ...span, text: `// ${decision}` });
      findings.push({
        ...base,
        ...span,
        automation: isLoaded ? 'automatic' : 'assisted',
        legacy: { name: source.textOf(include) },
        message: 'A copy of the legacy SDK is loaded, and nothing uses it any more.',
        ...(isLoaded ? {} : { guidance: LOAD }),
      });
    }
  }
  return { edits, findings };
}

const LOAD = 'load vendor/autoload.php of Composer here, with which amzn/amazon-pay-api-sdk-php is found.';

const base = {
  rule: 'php/legacy-sdk',
  codemod: 'php',
  surface: 'other-language',
  confidence: 'high',
  replacement: { name: 'amzn/amazon-pay-api-sdk-php' },
  rewritten: true,
} as const;

/** The finding of a package that is no longer required. */
export const describePackage = (name: string, place: Pick<FindingDraft, 'path' | 'start' | 'end'>): FindingDraft => ({
  ...base,
  ...place,
  automation: 'automatic',
  legacy: { name },
  message: `${name} is required, and nothing uses it any more.`,
});
