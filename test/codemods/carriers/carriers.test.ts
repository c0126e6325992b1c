import fc from 'fast-check';
import { ts } from 'ts-morph';
import { parseRegion, readCarrier } from '../../../codemods/carriers';

/** The calls of a file, each as it is written there; `-` for a script that does not parse. */
function callsIn(path: string, text: string): string[] {
  const carrier = readCarrier(path, text);
  return carrier.regions.flatMap((region) => {
    const parsed = parseRegion(text, carrier, region);
    if (parsed === undefined) return ['-'];
    const calls: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /^Pay/.test(node.expression.getText()))
        calls.push(text.slice(region.start + node.getStart(), region.start + node.getEnd()));
      ts.forEachChild(node, visit);
    };
    visit(parsed.source);
    return calls;
  });
}

describe('scripts are found in every carrier, and a template tag in them is kept', () => {
  test.each<[name: string, path: string, text: string, ...calls: string[]]>([
    ['JavaScript', 'a.js', 'Pay(1);', 'Pay(1)'],
    ['JavaScript with PHP in it', 'a.js', 'Pay("<?= $id ?>", <?php echo 1 ?>);', 'Pay("<?= $id ?>", <?php echo 1 ?>)'],
    ['TypeScript', 'a.ts', 'Pay(<any>window);', 'Pay(<any>window)'],
    ['JSX', 'a.jsx', 'const a = <B onClick={() => Pay({ a: { b: 1 } })} />;', 'Pay({ a: { b: 1 } })'],
    ['Vue', 'a.vue', '<template>{{ x }}</template>\n<script lang="ts">\nPay(x as any)\n</script>', 'Pay(x as any)'],
    ['Svelte', 'a.svelte', '<script>Pay({{a: 1}.a: 2})</script>', '-'],
    ['Svelte', 'b.svelte', '<script>Pay({ a: 1 })</script>{#if x}<p>{x}</p>{/if}', 'Pay({ a: 1 })'],
    ['Astro', 'a.astro', '---\nconst x: string = Pay(1);\n---\n<p>{x}</p><script>Pay(2)</script>', 'Pay(1)', 'Pay(2)'],
    ['HTML', 'a.html', '<p>Pay(0)</p><script>Pay(1 < 2)</script>', 'Pay(1 < 2)'],
    ['HTML, older', 'a.htm', '<SCRIPT language=JavaScript>\n<!--\nPay(1);\n//-->\n</SCRIPT>', 'Pay(1)'],
    ['HTML with CDATA', 'a.html', '<script>//<![CDATA[\nPay(1);\n//]]></script>', 'Pay(1)'],
    ['a comment of HTML', 'a.html', '<!-- <script>Pay(1)</script> -->'],
    [
      'data',
      'a.html',
      '<script type="application/ld+json">{"a": 1}</script><script type="text/template">Pay(1)</script>',
    ],
    ['a handler', 'a.html', '<a onclick="return Pay(&quot;x&quot;)">', 'Pay(&quot;x&quot;)'],
    ['an unclosed script', 'a.html', '<script>Pay(1)', 'Pay(1)'],
    [
      'PHP',
      'a.phtml',
      '<a href="<?= $b->c ?>"><script>Pay(\'<?= $this->id() ?>\', <?php echo json_encode($x) ?>)</script>',
      "Pay('<?= $this->id() ?>', <?php echo json_encode($x) ?>)",
    ],
    [
      'PHP that decides',
      'a.php',
      '<script>Pay(<?php if ($a) { echo "1"; } ?>)\n<?php if ($b): ?>\nPay(2)\n<?php endif; ?></script>',
      'Pay(<?php if ($a) { echo "1"; } ?>)',
      'Pay(2)',
    ],
    [
      'Twig',
      'a.html.twig',
      '<script>Pay({{ id|json_encode }}, "{% if a %}x{% endif %}");{# no #}</script>',
      'Pay({{ id|json_encode }}, "{% if a %}x{% endif %}")',
    ],
    [
      'Smarty',
      'a.tpl',
      '<script>{literal}Pay({a: 1}){/literal}; Pay({$x|escape}, "{url controller=\'a\'}");</script>',
      'Pay({a: 1})',
      'Pay({$x|escape}, "{url controller=\'a\'}")',
    ],
    [
      'Smarty of OXID',
      'a.tpl',
      '[{oxscript include="a.js"}][{oxscript add="Pay(1);"}]<script>Pay("[{$x->y}]")</script>',
      'Pay(1)',
      'Pay("[{$x->y}]")',
    ],
    ['Smarty, in comments', 'a.tpl', '<script>Pay("<!--{$x|escape}-->")</script>', 'Pay("<!--{$x|escape}-->")'],
    [
      'Blade',
      'a.blade.php',
      "<script>@if(config('a') && (b(1)))\nPay({{ $a }}, {!! $b !!}, @json($c['d']));\n@endif\n</script>",
      "Pay({{ $a }}, {!! $b !!}, @json($c['d']))",
    ],
    [
      'ERB',
      'a.html.erb',
      '<script>Pay("<%= a ? b : c %>", <%- d %>)<% if e %>;Pay(2)<% end %></script>',
      'Pay("<%= a ? b : c %>", <%- d %>)',
      'Pay(2)',
    ],
    [
      'a helper of Rails',
      'a.html.erb',
      '<%= javascript_tag nonce: true do %>\n<% if a %>Pay("<%= b %>");<% end %>\n<% end %><%= Pay(2) %><script>Pay(3)</script>',
      'Pay("<%= b %>")',
      'Pay(3)',
    ],
    [
      'Smarty of OXID, kept in a variable',
      'a.tpl',
      '[{capture assign=js}]Pay("[{$x}]")[{/capture}][{capture name="html"}]Pay(2)[{/capture}][{oxscript add=$js}]',
      'Pay("[{$x}]")',
    ],
    ['EJS', 'a.ejs', '<script>Pay(<%- JSON.stringify(x) %>)</script>', 'Pay(<%- JSON.stringify(x) %>)'],
    ['Slim', 'a.slim', 'div\n  javascript:\n    Pay("#{id}")\n    Pay(2)\n  p Pay(3)\n', 'Pay("#{id}")', 'Pay(2)'],
    ['Haml', 'a.haml', '%div\n  :javascript\n    Pay(#{id.to_json})\n  %p x\n', 'Pay(#{id.to_json})'],
    ['Pug', 'a.pug', 'div\n  script.\n    Pay("#{id}", !{json})\n  p x\n', 'Pay("#{id}", !{json})'],
    [
      'Handlebars',
      'a.hbs',
      '<script>{{#if a}}Pay({{{json b}}}, "{{c}}"){{else}};Pay(2){{/if}}</script>',
      'Pay({{{json b}}}, "{{c}}")',
      'Pay(2)',
    ],
    ['Jinja', 'a.jinja2', '<script>{% for a in b %}Pay("{{ a }}");{% endfor %}</script>', 'Pay("{{ a }}")'],
    [
      'Liquid',
      'a.liquid',
      '<script>Pay({{ shop.id | json }}{% comment %}x{% endcomment %})</script>',
      'Pay({{ shop.id | json }}{% comment %}x{% endcomment %})',
    ],
    [
      'JSP',
      'a.jsp',
      '<c:if test="${a > b}"><script>Pay("${id}", <%= x %>);<c:if test="${a > b}">Pay(2)</c:if></script></c:if>',
      'Pay("${id}", <%= x %>)',
      'Pay(2)',
    ],
    [
      'ASPX',
      'a.aspx',
      '<script>Pay("<%: Model.Id %>", <%# Eval("x") %>)</script>',
      'Pay("<%: Model.Id %>", <%# Eval("x") %>)',
    ],
    [
      'Razor',
      'a.cshtml',
      '<a href="mailto:a@b.c"><script>Pay("@Model.Id", @Html.Raw(Json.Encode(Model.X)), "a@b.de")</script>',
      'Pay("@Model.Id", @Html.Raw(Json.Encode(Model.X)), "a@b.de")',
    ],
    [
      'Thymeleaf',
      'a.html',
      '<script th:inline="javascript">Pay(/*[[${id}]]*/ "x", [[${y}]])</script>',
      'Pay(/*[[${id}]]*/ "x", [[${y}]])',
    ],
    ['Hypr', 'a.hypr', '<script>{% if a %}Pay({{ model.id }}){% endif %}</script>', 'Pay({{ model.id }})'],
    ['tags that split a call', 'a.tpl', '<script>Pay({if $a}1, {else}2{/if}</script>', '-'],
    [
      'a Twig template that calls itself HTML',
      'a.html',
      '<script>Pay({{ id }});{% if x %}Pay(2){% endif %}</script>',
      'Pay({{ id }})',
      'Pay(2)',
    ],
  ])('%s (%s)', (_, path, text, ...calls) => {
    expect(callsIn(path, text)).toEqual(calls);
  });
});

test('broken markup hides no script that a browser would run', () => {
  expect(callsIn('a.html', '<div <p a="b"><script>Pay(1)</script>')).toEqual(['Pay(1)']);
});

test.each([
  '{{',
  '<?php ',
  '{%<script>',
  '@a(',
  '<c:if ',
  '{literal}',
  '{javascript}',
  "[{oxscript add='",
  '<%= javascript_tag do %>',
  '[{capture assign=js}][{oxscript add=$js}]',
  '<script a="',
])('many unclosed %s are read', (piece) => {
  const text = piece.repeat(300_000 / piece.length);
  for (const path of ['a.tpl', 'a.cshtml', 'a.jsp'])
    expect(readCarrier(path, text).regions.length).toBeLessThan(text.length);
});

test('tags are found in time that grows with the text, and any text is taken apart', () => {
  const pieces = fc.constantFrom(
    '<?php ',
    '?>',
    '{{',
    '}}',
    '{%',
    '%}',
    '{$a',
    '}',
    '<script>',
    '</script>',
    '[{',
    '}]',
    'Pay(1)',
    '"',
    '<a b="',
    '>',
    '\n',
    '@if(',
    '${',
    '<%',
    '%>',
  );
  const endings = fc.constantFrom(
    'a.php',
    'a.tpl',
    'a.html',
    'a.vue',
    'a.js',
    'a.blade.php',
    'a.jsp',
    'a.pug',
    'a.slim',
  );
  fc.assert(
    fc.property(endings, fc.array(fc.oneof(pieces, fc.string())), (path, parts) => {
      const text = parts.join('');
      const { regions, tags, elements } = readCarrier(path, text);
      for (const { start, end } of [...regions, ...tags, ...elements]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(start).toBeLessThanOrEqual(end);
      }
      tags.forEach(({ start }, index) => expect(start).toBeGreaterThanOrEqual(tags[index - 1]?.end ?? 0));
    }),
    { numRuns: 500 },
  );
});
