import { createPageData, toEmbeddedJson } from '../../../src/report/html/create-page-data';
import { findRoles } from '../../../src/report/html/flow/roles';
import { renderFlowPicture } from '../../../src/report/html/flow/flow-picture';
import { renderHtml } from '../../../src/report/html/render-html';
import { judgeCutover } from '../../../src/report/cutover/judge-cutover';
import { reportOf, type Report } from '../../../src/report/report';
import { createEvidence } from '../sample-evidence';
import { hostileRun, hostileTexts } from '../hostile-run';
import { createFinding, createRun, mixedRun } from '../sample-run';

const assets = { script: '// the script', style: '/* the style */' };

describe('the flow of a payment', () => {
  const call = (file: string, operation: string) => createFinding({ file, legacy: { name: operation, operation } });
  const rolesOf = (...findings: ReturnType<typeof createFinding>[]) =>
    findRoles({ findings }).flatMap(({ role, files }) => files.map(({ path, places }) => `${role} ${path} ${places}`));

  it('goes by the operations that files call, and a file may have several roles', () => {
    expect(
      rolesOf(
        createFinding({ file: 'button.js', surface: 'browser', legacy: { name: 'OffAmazonPayments.Button' } }),
        call('pay.js', 'ConfirmOrderReference'),
        call('pay.js', 'Capture'),
        call('cron.js', 'AuthorizeOnBillingAgreement'),
        call('cron.js', 'Authorize'),
        call('admin.js', 'Refund'),
        createFinding({
          file: 'ipn.js',
          surface: 'ipn',
          legacy: { name: 'PaymentCapture', operation: 'PaymentCapture' },
        }),
        createFinding({ file: 'package.json', surface: 'dependency', legacy: { name: 'amazon-payments' } }),
      ),
    ).toEqual([
      'start button.js 1',
      'confirm pay.js 1',
      'charge cron.js 2',
      'charge pay.js 1',
      'undo admin.js 1',
      'listen ipn.js 1',
      'connect package.json 1',
    ]);
  });

  it('gives no role for what only reads, or for a name that is no operation', () => {
    expect(rolesOf(call('a.js', 'GetCaptureDetails'), call('a.js', 'constructor'), call('a.js', 'toString'))).toEqual(
      [],
    );
  });

  it('knows who listens and who connects in other languages', () => {
    const place = (file: string, rule: string) =>
      createFinding({ file, rule, surface: 'other-language', legacy: { name: 'x' } });
    expect(
      rolesOf(
        place('ipn.php', 'php/ipn-handler'),
        place('Ipn.java', 'other-language/ipn-handler'),
        place('Gateway.php', 'php/client'),
        place('pay.py', 'other-language/client'),
        place('pom.xml', 'other-language/dependency'),
        place('pay.rb', 'other-language/sdk-class'),
      ),
    ).toEqual([
      'listen Ipn.java 1',
      'listen ipn.php 1',
      'connect Gateway.php 1',
      'connect pay.py 1',
      'connect pom.xml 1',
    ]);
  });

  it('is drawn with the end of long names, and counts what has no room', () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      call(`very/long/path/to/some/folder/of/the/shop/pay-${index}.js`, 'Capture'),
    );
    const picture = renderFlowPicture(findRoles({ findings: many }));
    expect(picture).toContain('of/the/shop/pay-0.js<title>very/long/path');
    expect(picture).toContain('and 3 more files');
    expect(picture).not.toMatch(/style=|<script/);
  });
});

describe('the page', () => {
  it.each([
    ['src/pay.ts', 'TypeScript'],
    ['src/Gateway.php', 'PHP'],
    ['templates/order.blade.php', 'PHP'],
    ['app/views/order.erb', 'Ruby'],
    ['Renewals.java', 'Java'],
    ['Payments.kt', 'Kotlin'],
    ['pages/checkout.html', 'HTML'],
    ['order.twig', 'Templates'],
    ['Checkout.vue', 'Components'],
    ['composer.json', 'Settings and lists of packages'],
    ['build.gradle.kts', 'Settings and lists of packages'],
    ['requirements/base.txt', 'Settings and lists of packages'],
    ['ops/.env', 'Settings and lists of packages'],
    ['Dockerfile', 'Other files'],
  ])('knows that %s is %s', (file, language) => {
    expect(createPageData(reportOf(createRun([createFinding({ file })]))).files).toEqual([{ path: file, language }]);
  });

  it('holds its data as JSON that no text can end, and that reads back', () => {
    const data = createPageData(reportOf(hostileRun));
    const json = toEmbeddedJson(data);
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toEqual(data);
    expect(data.texts).toContain(hostileTexts[8]);
    expect(data.texts).not.toContain('javascript:alert(1)');
  });

  it('gives every place an address of its own, also where fingerprints are the same', () => {
    const twin = createFinding();
    expect(createPageData(reportOf(createRun([twin, twin]))).places.map(({ id }) => id)).toEqual(['f-1', 'f-1-2']);
  });

  it('has no markup of a shop outside of its data either', () => {
    const html = renderHtml(reportOf({ ...hostileRun, root: '"><img src=x onerror=alert(1)>' }), assets);
    expect(html.replace(/<script type="application\/json"[\s\S]*?<\/script>/, '')).not.toMatch(/<img/);
    expect(html.match(/<script/g)).toHaveLength(2);
  });

  it('is the same for the same run, and its digest does not depend on when it ran', () => {
    const page = renderHtml(reportOf(mixedRun), assets);
    expect(renderHtml(reportOf(mixedRun), assets)).toBe(page);
    const digest = /class="digest">([0-9a-f]{64})</.exec(page)?.[1];
    const later = renderHtml(reportOf({ ...mixedRun, startedAt: '2027-01-01T00:00:00.000Z' }), assets);
    expect(digest).toBeDefined();
    expect(later).toContain(digest);
    expect(renderHtml(reportOf(createRun([createFinding()])), assets)).not.toContain(digest);
  });

  it('leads with whether the shop can switch', () => {
    const headline = (report: Report) => /<h2 id="verdict-heading"[^>]*>([^<]*)</.exec(renderHtml(report, assets))?.[1];
    expect(headline(reportOf(createRun([])))).toBe('No legacy Amazon Pay was found.');
    // The place itself, and the dual run that nobody has shown.
    expect(headline(reportOf(createRun([createFinding()])))).toBe('Not ready for cutover: 2 steps to go.');
    const empty = createRun([]);
    empty.summary.files.scanned = 0;
    expect(headline(reportOf(empty))).toBe('No file was looked at.');
  });

  it('shows what the dual run has seen, as text', () => {
    const evidence = createEvidence({
      groups: [{ signature: '<img src=x>', verdict: 'mismatch', orders: 3, open: 1 }],
    });
    const run = createRun([createFinding({ status: 'migrated' })]);
    const page = renderHtml(reportOf(run, { cutover: judgeCutover(run, evidence) }), assets);
    expect(page).toContain('What the dual run has seen');
    expect(page).toContain('<code>&#60;img src=x&#62;</code>');
    expect(page).toContain('at least 99.00 % of all, with 95.00 % confidence');
  });
});
