import { codemod } from '../../../codemods/browser';
import { browserScripts } from '../../../src/catalog';
import { describeFindings, migrateTexts } from '../run-codemod';

/** Every carrier, and what has to be found in it: a script, tags in it, code that tags split, script URLs, Express buttons. */
interface Carrier {
  readonly path: string;
  /** A page of this carrier with a script in it. */
  readonly page: (script: string) => string;
  /** A tag that stands for a value inside of quotes. */
  readonly tag?: string;
  /** Tags that decide about the code between them, so that it has no single form. */
  readonly split?: readonly [first: string, second: string, end: string];
  /** How it loads a script, where that is not `<script src>`. */
  readonly load?: (url: string) => string;
  readonly express?: string;
}

const html = (script: string): string => `<div>\n<script>\n${script}\n</script>\n</div>\n`;
const indented =
  (opener: string, space = '    ') =>
  (script: string): string =>
    `div\n  ${opener}\n${script.replace(/^/gm, space)}\n  p x\n`;
const plain = (script: string): string => `${script}\n`;
const inCode = (url: string): string => `load('${url}');\n`;
const jsx = '<div data-ap-widget-type="expressPaymentButton" data-ap-amount="1" />';

const carriers: readonly Carrier[] = [
  { path: 'a.js', page: plain, load: inCode, tag: '<?= $id ?>' },
  { path: 'a.mjs', page: plain, load: inCode },
  { path: 'a.cjs', page: plain, load: inCode },
  { path: 'a.ts', page: plain, load: inCode },
  { path: 'a.jsx', page: plain, load: inCode, express: `export const pay = ${jsx};\n` },
  { path: 'a.tsx', page: plain, load: inCode, express: `export const pay = ${jsx};\n` },
  { path: 'a.vue', page: (script) => `<template><p>{{ a }}</p></template>\n${html(script)}` },
  { path: 'a.svelte', page: html },
  { path: 'a.astro', page: (script) => `---\nconst a = 1;\n---\n${html(script)}` },
  { path: 'a.html', page: html },
  {
    path: 'a.php',
    page: html,
    tag: '<?php echo $id; ?>',
    split: ['<?php if ($a) { ?>', '<?php } else { ?>', '<?php } ?>'],
  },
  {
    path: 'a.phtml',
    page: html,
    tag: '<?= $this->id() ?>',
    split: ['<?php if ($a): ?>', '<?php else: ?>', '<?php endif ?>'],
  },
  { path: 'a.html.twig', page: html, tag: '{{ id|e("js") }}', split: ['{% if a %}', '{% else %}', '{% endif %}'] },
  { path: 'a.tpl', page: html, tag: '{$id|escape}', split: ['{if $a}', '{else}', '{/if}'] },
  {
    path: 'oxid.tpl',
    page: (script) => `[{capture assign=js}]\n${script}\n[{/capture}]\n[{oxscript add=$js}]\n`,
    tag: '[{$id}]',
    split: ['[{if $a}]', '[{else}]', '[{/if}]'],
    load: (url) => `[{oxscript include="${url}"}]\n`,
  },
  { path: 'a.blade.php', page: html, tag: '{{ $id }}', split: ['@if($a)', '@else', '@endif'] },
  {
    path: 'a.html.erb',
    page: html,
    tag: '<%= j @id %>',
    split: ['<% if @a %>', '<% else %>', '<% end %>'],
    load: (url) => `<%= javascript_include_tag "${url}" %>\n`,
  },
  {
    path: 'a.slim',
    page: indented('javascript:'),
    tag: '#{id}',
    load: (url) => `script src="${url}"\n`,
    express: 'div data-ap-widget-type="expressPaymentButton"\n',
  },
  {
    path: 'a.haml',
    page: indented(':javascript'),
    tag: '#{id}',
    load: (url) => `%script{src: "${url}"}\n`,
    express: '%div{"data-ap-widget-type" => "expressPaymentButton"}\n',
  },
  { path: 'a.ejs', page: html, tag: '<%= id %>', split: ['<% if (a) { %>', '<% } else { %>', '<% } %>'] },
  { path: 'a.hbs', page: html, tag: '{{id}}', split: ['{{#if a}}', '{{else}}', '{{/if}}'] },
  { path: 'a.njk', page: html, tag: '{{ id | safe }}', split: ['{% if a %}', '{% else %}', '{% endif %}'] },
  { path: 'a.jinja2', page: html, tag: '{{ id | tojson }}', split: ['{%- if a -%}', '{%- else -%}', '{%- endif -%}'] },
  { path: 'django/a.html', page: html, tag: '{{ id|escapejs }}', split: ['{% if a %}', '{% else %}', '{% endif %}'] },
  { path: 'a.liquid', page: html, tag: '{{ id | json }}', split: ['{% if a %}', '{% else %}', '{% endif %}'] },
  {
    path: 'a.pug',
    page: indented('script.'),
    tag: '#{id}',
    load: (url) => `script(src='${url}')\n`,
    express: 'div(data-ap-widget-type="expressPaymentButton")\n',
  },
  {
    path: 'a.jsp',
    page: html,
    tag: '<%= id %>',
    split: ['<c:if test="${a}">', '</c:if><c:if test="${!a}">', '</c:if>'],
  },
  { path: 'a.aspx', page: html, tag: '<%: Model.Id %>', split: ['<% if (A) { %>', '<% } else { %>', '<% } %>'] },
  { path: 'a.cshtml', page: html, tag: '@Model.Id', split: ['@if (Model.A) {', '} else {', '}'] },
  { path: 'thymeleaf/a.html', page: html, tag: '[[${id}]]' },
  { path: 'a.hypr', page: html, tag: '{{ model.id }}', split: ['{% if a %}', '{% else %}', '{% endif %}'] },
];

async function run({ path }: Carrier, text: string) {
  const input = new Map([[path, text]]);
  const { files, findings } = await migrateTexts(codemod, input);
  return { text: files.get(path) ?? '', findings: describeFindings(input, findings) };
}

const button = (seller: string, between = ''): string =>
  `OffAmazonPayments.Button('pay', '${seller}', {${between} type: 'PwA', color: 'Gold' });`;

describe.each(carriers)('$path', (carrier) => {
  const { page, tag, split } = carrier;
  const script = carrier.load ?? ((url: string) => `<script async src="${url}"></script>\n`);

  it('an inline script is rewritten, and what stands around it stays byte for byte', async () => {
    const { text, findings } = await run(carrier, page(button('A1')));
    expect(text).toMatch(/amazon\.Pay\.renderButton\('#pay', \{/);
    expect(text).not.toContain('OffAmazonPayments');
    expect(findings).toEqual([expect.stringContaining('assisted browser/button OffAmazonPayments.Button')]);
    const [before = '', after = ''] = page('SCRIPT').split(/ *SCRIPT\n/);
    expect(text.startsWith(before) && text.endsWith(after)).toBe(true);
  });

  if (tag !== undefined)
    it('a tag in it stays byte for byte', async () => {
      const { text } = await run(carrier, page(button(tag)));
      expect(text).toContain(`merchantId: '${tag}',`);
      expect(text.split(tag)).toHaveLength(2);
    });

  if (split !== undefined)
    it('code that tags split is listed and left alone', async () => {
      const [first, second, end] = split;
      const halves = `OffAmazonPayments.Button('pay', 'A1', ${first}\n{ type: 'PwA' }, ${second}\n{ type: 'A' ${end}\n);`;
      const { text, findings } = await run(carrier, page(halves));
      expect(text).toBe(page(halves));
      expect(findings).toEqual([expect.stringMatching(/manual \(open\) browser\/(?:unread|button) OffAmazonPayments/)]);
    });

  it.each(
    browserScripts.flatMap(({ legacy, v2 }) =>
      [
        legacy,
        legacy.replace(/(us\/|gbp\/|eur\/|jp\/)/, '$1sandbox/').replace('live/', 'sandbox/'),
        legacy.replace('/lpa/', '/'),
      ].flatMap((url) => [
        [`https:${url}`, v2],
        [`https:${url}?sellerId=A1`, v2],
        [url, v2.replace('https:', '')],
      ]),
    ),
  )('%s is rewritten', async (url = '', v2 = '') => {
    const { text, findings } = await run(carrier, script(url));
    expect(text).toBe(script(v2));
    expect(findings).toEqual([expect.stringContaining('automatic browser/script Widgets.js')]);
  });

  if (carrier.load !== inCode || carrier.express !== undefined)
    it('an Express button in it is listed', async () => {
      const markup =
        carrier.express ?? '<p><div data-ap-widget-type="expressPaymentButton" data-ap-amount="1"></div></p>\n';
      const { text, findings } = await run(carrier, markup);
      expect(text).toBe(markup);
      expect(findings).toEqual([
        expect.stringMatching(/manual \(open\) browser\/(?:express-button|unread) data-ap-widget-type/),
      ]);
    });
});
