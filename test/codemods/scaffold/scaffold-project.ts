import { join } from 'node:path';
import { codemod } from '../../../codemods/scaffold';
import { makeProject, type Project } from '../../stand-in/project';
import { migrateTexts, type Migrated } from '../run-codemod';

/** Runs the scaffold alone over a project of these files. */
export const scaffold = (files: Readonly<Record<string, string>>): Promise<Migrated> =>
  migrateTexts(codemod, new Map(Object.entries(files)));

/** The same, written into a folder from which the real packages can be loaded. */
export async function scaffoldProject(files: Readonly<Record<string, string>>): Promise<Project> {
  return makeProject(Object.fromEntries((await scaffold(files)).files));
}

export const typescriptPreload = join(__dirname, '../../stand-in/typescript.cjs');
