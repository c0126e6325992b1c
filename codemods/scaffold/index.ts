import type { Codemod, CodemodInput, CodemodResult, NewFile } from '../codemod';
import { emitScaffold, hasMark, ledgerOf } from './emit-scaffold';
import { emitPhp, mountPhp, phpFiles } from './php/emit-php';
import { listDecisions } from './list-decisions';
import { mountRoutes } from './mount-routes';
import { readLegacy } from './legacy/read-legacy';
import { readProject } from './read-project';

export const SCAFFOLD = 'scaffold';

const NOTHING: CodemodResult = { edits: [], newFiles: [], findings: [], failures: [] };

/**
 * Writes the server side of the button into a folder of its own. It reads what the other codemods made of the files, so that
 * it leans on a helper that they emitted, and the files as found, which say what the legacy checkout did.
 */
function run(input: CodemodInput): CodemodResult {
  const project = readProject(input);
  if (input.files.some(hasMark)) return NOTHING;
  const php = phpFiles(input);
  // A shop in PHP may have a package.json for its pages; a server in JavaScript comes first.
  const isPhp =
    php.length > 0 && (project === undefined || (project.app === undefined && project.framework === 'http'));
  const legacy = readLegacy(input.asFound ?? input.files, isPhp ? '.php' : '');
  if (isPhp) {
    const written = emitPhp(php, legacy, ledgerOf(legacy));
    const findings = [...written.flatMap(listDecisions), mountPhp(written)];
    return { edits: [], newFiles: written, findings, failures: [] };
  }
  if (project === undefined) return NOTHING;
  const { newFiles, routes }: { newFiles: readonly NewFile[]; routes: NewFile } = emitScaffold(project, legacy);
  const mounted = mountRoutes(project, routes);
  return {
    edits: mounted.edits,
    newFiles,
    findings: [...newFiles.flatMap(listDecisions), ...mounted.findings],
    failures: [],
  };
}

export const codemod: Codemod = {
  name: SCAFFOLD,
  description: 'Writes the endpoints of the v2 checkout, and the tests for them, in the style of the project.',
  surfaces: ['browser'],
  run,
};
