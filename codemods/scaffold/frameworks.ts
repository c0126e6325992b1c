import type { Adapter } from './adapters/adapter';
import { express } from './adapters/express';
import { http } from './adapters/http';

/** A framework: by which packages it is known, and how code makes a server with it. */
interface Framework {
  readonly packages: readonly string[];
  /** Group 1 is the name of the server. */
  readonly creation: RegExp | null;
  readonly adapter: Adapter;
}

export type FrameworkName = 'express' | 'http';

/** The first that fits counts: a project with Next also has Express now and then, and everything has node:http. */
export const frameworks: Readonly<Record<FrameworkName, Framework>> = {
  express: {
    packages: ['express'],
    creation: /^(?:export )?(?:const|let|var) (\w+)(?:\s*:[^=\n]+)? = express\(\);?[ \t]*$/m,
    adapter: express,
  },
  http: { packages: [], creation: /\bcreateServer\(/, adapter: http },
};

/** Whether a file makes the server of this framework. */
export function servesOf(name: FrameworkName, text: string): boolean {
  return frameworks[name].creation?.test(text) ?? false;
}
