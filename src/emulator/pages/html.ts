import type { HttpReply } from '../handle-http';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: unknown): string =>
  String(text ?? '').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** A template whose values are escaped, unless they are HTML or a list of it. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const write = (value: unknown): string =>
    value instanceof Html ? value.text : Array.isArray(value) ? value.map(write).join('') : escapeHtml(value);
  return new Html(strings.map((text, index) => text + (index < values.length ? write(values[index]) : '')).join(''));
}

const STYLE = `:root{color-scheme:light dark;--text:#222;--ground:#fff;--quiet:#595959;--line:#ccc;--link:#0b57d0}
@media(prefers-color-scheme:dark){:root{--text:#e6e6e6;--ground:#191b1e;--quiet:#a9a9a9;--line:#4a4d52;--link:#8ab4f8}}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--ground)}
main{max-width:30rem}main.wide{max-width:none}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}a{color:var(--link)}
button,select,input{font:inherit;padding:.4rem .8rem;margin:.2rem .4rem .2rem 0;max-width:100%}
button.main{background:#ffd814;color:#111;border:1px solid #c89411;border-radius:.5rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line)}
.note{color:var(--quiet);font-size:.85rem}code{font-size:.9em;overflow-wrap:anywhere}td a code,td>code{white-space:nowrap}form{margin:.4rem 0}`;

export function page(title: string, body: Html, wide = false): HttpReply {
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main class="${wide ? 'wide' : ''}">
          <h1>${title}</h1>
          ${body}
          <p class="note">The Amazon Pay emulator of amazon-pay-migrate. No money moves here.</p>
        </main>
      </body>
    </html>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: text,
  };
}

export const redirect = (location: string): HttpReply => ({ status: 303, headers: { location }, body: '' });

export const json = (value: unknown, status = 200): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: `${JSON.stringify(value, null, 2)}\n`,
});

export function failure(status: number, message: string): HttpReply {
  return { ...page('That did not work', html`<p>${message}</p>`), status };
}
