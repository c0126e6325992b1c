import type { FileOutcome, Finding, Run } from '../../src/engine/run';

/** A finding with every field set; a test changes what it is about. */
export function createFinding(changes: Partial<Finding> = {}): Finding {
  return {
    fingerprint: 'f-1',
    rule: 'node-client/operation-call',
    codemod: 'node-client',
    surface: 'node-client',
    automation: 'automatic',
    status: 'open',
    confidence: 'high',
    file: 'src/pay.js',
    range: { start: { line: 12, column: 3 }, end: { line: 12, column: 40 } },
    legacy: { name: 'offAmazonPayments.capture', operation: 'Capture' },
    replacement: { name: 'captureCharge' },
    message: 'Calls Capture of the legacy client',
    guidance: 'Becomes captureCharge.',
    docs: 'https://developer.amazon.com/docs/amazon-pay-api-v2/charge.html',
    effortMinutes: 20,
    before: 'client.offAmazonPayments.capture(request)',
    ...changes,
  };
}

/** A run whose summary follows from its findings and files. */
export function createRun(
  findings: readonly Finding[],
  files: readonly FileOutcome[] = [],
  changes: Partial<Run> = {},
): Run {
  const count = (test: (finding: Finding) => boolean): number => findings.filter(test).length;
  const open = count(({ status }) => status === 'open');
  const effortMinutes = findings.reduce(
    (sum, finding) => sum + (finding.status === 'open' ? finding.effortMinutes : 0),
    0,
  );
  return {
    schemaVersion: 1,
    tool: { name: 'amazon-pay-migrate', version: '0.1.0' },
    command: 'audit',
    root: 'shop',
    startedAt: '2026-03-01T10:00:00.000Z',
    durationMs: 240,
    summary: {
      files: {
        scanned: 40,
        analysed: 7,
        changed: files.filter(({ status }) => status === 'changed').length,
        failed: files.filter(({ status }) => status === 'failed').length,
      },
      findings: {
        total: findings.length,
        automatic: count(({ automation }) => automation === 'automatic'),
        assisted: count(({ automation }) => automation === 'assisted'),
        manual: count(({ automation }) => automation === 'manual'),
        migrated: findings.length - open,
        open,
      },
      readiness: findings.length === 0 ? 100 : ((findings.length - open) / findings.length) * 100,
      effortMinutes,
    },
    findings: [...findings],
    files: [...files],
    ...changes,
  };
}

/** One finding of every action, as a dry `migrate` leaves them. */
export const mixedRun: Run = createRun(
  [
    createFinding({ fingerprint: 'a', status: 'migrated' }),
    createFinding({
      fingerprint: 'b',
      rule: 'node-client/request-field',
      automation: 'assisted',
      message: 'SellerCaptureNote has no place in v2',
      guidance: 'Decide where to keep the note.',
      effortMinutes: 15,
      range: { start: { line: 30, column: 5 }, end: { line: 30, column: 20 } },
    }),
    createFinding({
      fingerprint: 'c',
      rule: 'raw-mws/executor',
      surface: 'raw-mws',
      automation: 'manual',
      replacement: null,
      message: 'Signs MWS requests by hand',
      guidance: 'Replace the executor by the v2 SDK.',
      effortMinutes: 90,
      file: 'src/mws.js',
    }),
  ],
  [
    {
      path: 'src/pay.js',
      language: 'javascript',
      status: 'changed',
      reason: 'changed',
      diff: '--- a/src/pay.js\n+++ b/src/pay.js\n@@ -1 +1 @@\n-old\n+new\n',
    },
    {
      path: 'src/broken.js',
      language: 'javascript',
      status: 'failed',
      reason: 'unparseable',
      error: 'Unexpected token (3:1)',
    },
    { path: 'public/app.min.js', language: 'javascript', status: 'skipped', reason: 'minified copy' },
  ],
  { command: 'migrate' },
);
