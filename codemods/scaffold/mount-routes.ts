import type { Edit, FindingDraft, NewFile, SourceUnit } from '../codemod';
import { detectStyle } from '../rewriting/style';
import { applyStyle } from '../emitted-helper/style';
import type { Mount } from './adapters/adapter';
import { type FrameworkName, frameworks } from './frameworks';
import type { Project } from './read-project';

interface Mounted {
  readonly edits: readonly Edit[];
  readonly findings: readonly FindingDraft[];
}

/**
 * Registers the endpoints where the server is put together: behind what is used for every request (sessions, parsers), in
 * front of the first route. Where that place is not plain to see, the finding says what to write.
 */
export function mountRoutes(project: Project, routes: NewFile): Mounted {
  const { app, framework } = project;
  const { adapter, creation } = frameworks[framework];
  if (adapter.mount === null) return { edits: [], findings: [] };
  const edits = app === undefined || creation === null ? [] : editApp(app, framework, creation, adapter.mount, routes);
  const place = edits[1] ?? { path: routes.path, start: 0, end: 0 };
  const isMounted = edits.length > 0;
  const finding: FindingDraft = {
    rule: 'scaffold/mount',
    codemod: 'scaffold',
    surface: 'browser',
    automation: isMounted ? 'automatic' : 'manual',
    confidence: 'high',
    path: place.path,
    start: place.start,
    end: place.end,
    legacy: { name: 'OffAmazonPayments' },
    replacement: { name: adapter.mount.statement },
    message: isMounted
      ? 'The endpoints of Amazon Pay are registered here, in front of the other routes.'
      : `Nothing answers the endpoints of Amazon Pay yet: register ${routes.path} where your server is put together, with ${adapter.mount.statement}`,
    rewritten: isMounted,
  };
  return { edits, findings: [finding] };
}

function editApp(app: SourceUnit, framework: FrameworkName, creation: RegExp, mount: Mount, routes: NewFile): Edit[] {
  const { path, text } = app;
  const created = creation.exec(text);
  const name = created?.[1];
  // Inside of a function nobody can tell where the session is.
  if (created === null || name === undefined || /^\s/.test(created[0])) return [];
  const loading = new RegExp(
    `^(?:import .* from|(?:const|let|var) .*=\\s*require\\()\\s*\\(?['"](?:${frameworks[framework].packages.join('|')})['"]\\)?.*\\n`,
    'm',
  ).exec(text);
  // Sessions and cookies tell whose order it is, so they come first.
  const sessions = [...text.matchAll(new RegExp(`^${name}\\.use\\(.*(?:session|cookie|passport|auth).*$`, 'gim'))];
  const last = sessions.at(-1) ?? created;
  const after = last.index + last[0].length;
  // In Koa whatever answers first comes first.
  const answering = framework === 'koa' ? 'use\\(\\s*(?:async\\b|function\\b|\\(|\\w+\\.routes\\()|' : '';
  const route = new RegExp(
    `^${name}\\.(?:${answering}(?:get|post|put|patch|delete|all|use|route)\\(\\s*['"\`]|listen\\()`,
    'm',
  ).exec(text.slice(after));
  if (loading === null || route === null) return [];
  const style = detectStyle(text);
  const line = (source: string): string => `${applyStyle(source, style)}${style.eol}`;
  const specifier = specifierOf(app, routes);
  // The shop may have an amazonPay of its own.
  const isTaken = new RegExp(`\\b${mount.exported}\\b`).test(text);
  const local = isTaken ? `${mount.exported}Routes` : mount.exported;
  const load = /^import/.test(loading[0])
    ? `import { ${isTaken ? `${mount.exported} as ${local}` : local} } from '${specifier}';`
    : `const { ${isTaken ? `${mount.exported}: ${local}` : local} } = require('${specifier}');`;
  const loadAt = loading.index + loading[0].length;
  const useAt = after + route.index;
  return [
    { path, start: loadAt, end: loadAt, text: line(load) },
    {
      path,
      start: useAt,
      end: useAt,
      text: line(mount.statement.replace(/\bapp\b/, name).replace(new RegExp(`\\b${mount.exported}\\b`), local)),
    },
  ];
}

function specifierOf(app: SourceUnit, routes: NewFile): string {
  const home = app.path.includes('/') ? `${app.path.slice(0, app.path.lastIndexOf('/'))}/` : '';
  const below = `./${routes.path.slice(home.length)}`;
  const isCommonjs = /\brequire\(['"]/.test(app.text) && !/^import\b/m.test(app.text);
  if (/\.[cm]?ts$/.test(routes.path)) {
    return /from\s+['"]\.[^'"]*\.js['"]/.test(app.text) ? below.replace(/ts$/, 'js') : below.replace(/\.[cm]?ts$/, '');
  }
  return isCommonjs ? below.replace(/\.js$/, '') : below;
}
