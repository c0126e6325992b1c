import type { EngineProgress } from '../engine/engine';

/** `searching 12 of 40 files`, `analysing 12 files: node-client` */
export function describeProgress(event: EngineProgress): string {
  switch (event.phase) {
    case 'searching':
      return `searching ${event.done}${event.total > 0 ? ` of ${event.total}` : ''} files`;
    case 'analysing':
      return `analysing ${event.files} files: ${event.codemod}`;
    case 'verifying':
      return `verifying ${event.files} files`;
  }
}
