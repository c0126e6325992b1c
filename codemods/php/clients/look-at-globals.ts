import type { Project } from '../project';
import { Refusal } from '../refusal';
import { functionOf } from '../tree';
import type { Notes } from './client-file';

/** What a script loads that uses no variable of the one that loads it. */
const LOADER = /(?:autoload|AmazonPayV2)\.php/;
const INCLUDES = ['include_expression', 'include_once_expression', 'require_expression', 'require_once_expression'];

/** A client in a variable outside of all functions is seen by the files that are included, and by those that include. */
export function lookAtGlobals(project: Project, notes: Notes): void {
  const { source, types } = notes.file;
  const setters = source.all('assignment_expression').filter(({ parts: [left] }) => {
    const isVariable = left?.kind === 'variable_name' && functionOf(left) === source.root;
    return isVariable && types.isClient(left);
  });
  for (const setter of setters) {
    const [variable] = setter.parts;
    const name = variable === undefined ? '' : source.textOf(variable).slice(1);
    const later = source
      .all(...INCLUDES)
      .find((node) => node.start > setter.start && !LOADER.test(source.textOf(node)));
    if (later !== undefined) notes.block(later, `loads a file that sees $${name}`);
    notes.guard(setter, 'sets it for all', () => {
      const shared = new RegExp(`\\bglobal\\b[^;]*\\$${name}\\b|\\$GLOBALS\\s*\\[\\s*['"]${name}['"]`);
      const [reader] = project.filesWith(shared);
      if (reader !== undefined) throw new Refusal(`${reader.source.path} sees $${name}`);
      project.refuseElsewhere(shared, `$${name}`);
      const file = source.path.replace(/^.*\//, '').replace(/[.]/g, '\\.');
      const including = new RegExp(
        `^(?=[\\s\\S]*\\b(?:include|require)(?:_once)?\\b[^;]*\\b${file})(?=[\\s\\S]*\\$${name}\\b)`,
      );
      const includer = project.filesWith(including).find((one) => one !== notes.file);
      if (includer !== undefined) throw new Refusal(`${includer.source.path} includes this file and sees $${name}`);
      project.refuseElsewhere(including, `$${name}`);
    });
  }
}
