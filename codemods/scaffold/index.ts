import type { Codemod, CodemodInput, CodemodResult, NewFile } from '../codemod';
import { emitScaffold, hasScaffold } from './emit-scaffold';
import { listDecisions } from './list-decisions';
import { mountRoutes } from './mount-routes';
import { readLegacy } from './read-legacy';
import { readProject } from './read-project';

export const SCAFFOLD = 'scaffold';

const NOTHING: CodemodResult = { edits: [], newFiles: [], findings: [], failures: [] };

/**
 * Writes the server side of the button into a folder of its own. It reads what the other codemods made of the files, so that
 * it leans on a helper that they emitted, and the files as found, which say what the legacy checkout did.
 */
function run(input: CodemodInput): CodemodResult {
  const project = readProject(input);
  if (project === undefined || hasScaffold(project)) return NOTHING;
  const legacy = readLegacy(input.asFound ?? input.files);
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
