import { stepOf } from '../cutover/code-steps';
import { findRule, titleOf } from '../find-rule';
import { nameLanguage } from '../name-language';
import { listPlaces, type Place } from '../list-places';
import { showControlCharacters } from '../plain-text';
import type { Report } from '../report';
import { nameArea } from './areas';
import { isPlainLink } from './escape-html';
import type { PageData, PageFile, PagePlace, PageRule } from './page-data';

/** A list in which each value stands once. */
class Register<Value> {
  readonly values: Value[] = [];
  private readonly indexes = new Map<string, number>();

  add(key: string, create: () => Value): number {
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    this.indexes.set(key, this.values.length);
    return this.values.push(create()) - 1;
  }
}

const order = { manual: 0, assisted: 1, automatic: 2 } as const;
const isDone = ({ standing }: Place): number => (standing === 'migrated' || standing === 'fixed' ? 1 : 0);

/** The places as the page needs them: what is left first, the gravest first, then by file and line. */
export function createPageData(report: Report): PageData {
  const texts = new Register<string>();
  const rules = new Register<PageRule>();
  const files = new Register<PageFile>();
  const diffs = new Map(report.run.files.map(({ path, diff }) => [path, diff]));
  const seen = new Map<string, number>();
  const keep = (text: string): number => texts.add(text, () => showControlCharacters(text));
  const keepLines = (lines: readonly string[]): number => keep(lines.join('\n'));

  const describe = ({ finding, standing }: Place): PagePlace => {
    const { rule, file, range, surface, automation, confidence, fingerprint, effortMinutes, docs, after } = finding;
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    const diff = diffs.get(file);
    const context = report.contexts.get(finding);
    return {
      id: count === 1 ? fingerprint : `${fingerprint}-${count}`,
      rule: rules.add(rule, () => ({ id: rule, title: titleOf(rule), why: findRule(rule)?.what ?? '' })),
      file: files.add(file, () => describeFile(file, diff)),
      line: range.start.line,
      endLine: range.end.line,
      area: keep(nameArea(surface)),
      automation,
      standing,
      confidence,
      minutes: effortMinutes,
      message: keep(finding.message),
      guidance: keep(finding.guidance),
      docs: keep(isPlainLink(docs) ? docs : ''),
      legacy: keep(finding.legacy.operation ?? finding.legacy.name),
      replacement: keep(finding.replacement?.name ?? ''),
      before: keep(finding.before),
      ...(after === undefined ? {} : { after: keep(after) }),
      ...(context === undefined ? {} : { above: keepLines(context.above), below: keepLines(context.below) }),
      step: finding.status === 'open' && standing !== 'fixed' ? stepOf(finding) : '',
    };
  };

  const places = [...listPlaces(report)]
    .sort((a, b) => isDone(a) - isDone(b) || order[a.finding.automation] - order[b.finding.automation])
    .map(describe);
  return { texts: texts.values, rules: rules.values, files: files.values, places };
}

function describeFile(path: string, diff: string | undefined): PageFile {
  const file = { path: showControlCharacters(path), language: nameLanguage(path) };
  return diff === undefined ? file : { ...file, diff: showControlCharacters(diff.replaceAll('\r\n', '\n')) };
}

/** JSON that no element can end: `</script>` and `<!--` are escaped, and read back as they were. */
export const toEmbeddedJson = (data: PageData): string =>
  JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
