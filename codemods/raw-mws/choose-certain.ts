import type { CodemodInput } from '../codemod';
import { AnswerFlow } from './answer-flow';
import { errorReader } from './error-readers';
import { locate, type LocatedRequests } from './locate-requests';
import type { Project } from './project';
import { type Located, type RequestCall, toV2Call } from './request-call';

/** The requests of which all is known, and why each of the others is not. */
export interface Chosen extends LocatedRequests {
  readonly doubts: ReadonlyMap<RequestCall, string>;
}

function doubtAbout(each: Located, project: Project): string | undefined {
  const built = toV2Call(each, 'client');
  if (typeof built === 'string') return built;
  return (new AnswerFlow(project).follow(each.node) ?? errorReader(project, each.node))?.reason;
}

const environmentOf = ({ executor }: RequestCall): string => JSON.stringify(executor.environment);

/** A file gets one client, so all of its requests must go to one environment. */
const isAlone = (call: RequestCall, certain: readonly RequestCall[]): boolean =>
  certain.every((other) => other.path !== call.path || environmentOf(other) === environmentOf(call));

/**
 * Chooses the requests that can be rewritten. Only what is certain stays typed, so that nothing else is rewritten along with
 * it; and as what is not typed can make doubtful what was not, this goes on until nothing changes.
 */
export function chooseCertain(input: CodemodInput, candidates: readonly RequestCall[]): Chosen {
  const doubts = new Map<RequestCall, string>();
  for (let left = candidates; ;) {
    const found = locate(input, left);
    const before = doubts.size;
    for (const each of found.located) {
      const reason = doubtAbout(each, found.project);
      if (reason !== undefined) doubts.set(each.call, reason);
    }
    const certain = left.filter((call) => !doubts.has(call));
    for (const call of certain)
      if (!isAlone(call, certain)) doubts.set(call, 'other requests of this file go to another environment');
    if (doubts.size === before || left.length === 0) return { ...found, doubts };
    left = left.filter((call) => !doubts.has(call));
  }
}
