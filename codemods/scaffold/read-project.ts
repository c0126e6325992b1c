import type { CodemodInput, PackageInfo, SourceUnit } from '../codemod';
import type { TestRunner } from './sources/flow-tests';
import { type FrameworkName, frameworks, isOfVersion, servesOf } from './frameworks';

/** Where the scaffold goes and what it is written for. */
export interface Project {
  readonly info: PackageInfo;
  readonly framework: FrameworkName;
  /** The file that makes the server; undefined when it was not among the files. */
  readonly app: SourceUnit | undefined;
  /** Every file of the package, as it is after the rewriting. */
  readonly files: readonly SourceUnit[];
  /** What runs its tests; of a workspace it may be named by the root alone. */
  readonly testRunner: TestRunner;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
const EVIDENCE = /off-?AmazonPayments|amazon-?payments|amazon-pay|payments-amazon/i;

const owns = (info: PackageInfo, path: string): boolean =>
  info.directory === '' || path.startsWith(`${info.directory}/`);

/** The package whose server takes the payments: of those with code of Amazon Pay, the first that serves anything. */
export function readProject(input: CodemodInput): Project | undefined {
  const projects = input.packages.flatMap((info): Project[] => {
    const files = input.files.filter(
      ({ path }) => input.packages.find((one) => owns(one, path)) === info && SCRIPT.test(path),
    );
    return files.some(({ text }) => EVIDENCE.test(text)) || info.directory === ''
      ? [describeProject(info, files, testRunnerOf(info, input.packages))]
      : [];
  });
  return (
    projects.find(({ app }) => app !== undefined) ??
    projects.find(({ framework }) => framework !== 'http') ??
    projects[0]
  );
}

function testRunnerOf(info: PackageInfo, packages: readonly PackageInfo[]): TestRunner {
  const around = packages.filter((one) => one === info || owns(one, info.directory));
  const runners = around.flatMap(({ dependencies }) =>
    (['vitest', 'jest'] as const).filter((name) => dependencies.has(name)),
  );
  return runners[0] ?? 'node';
}

function describeProject(info: PackageInfo, files: readonly SourceUnit[], testRunner: TestRunner): Project {
  for (const name of Object.keys(frameworks) as FrameworkName[]) {
    const { packages, since } = frameworks[name];
    const isDeclared = packages.some((one) => {
      const range = info.dependencies.get(one);
      return range !== undefined && isOfVersion(range, since);
    });
    const app = files.find(({ text }) => servesOf(name, text));
    if (isDeclared || app !== undefined) return { info, framework: name, app, files, testRunner };
  }
  return { info, framework: 'http', app: undefined, files, testRunner };
}
