import type { HttpReply } from '../handle-http';
import type { InspectedStep } from '../inspect';
import type { Control } from './control';
import { html, page, type Html } from './html';

/** How something came to be as it is, in the words of both APIs. */
const history = (steps: readonly InspectedStep[]): Html =>
  html`<details>
    <summary>History</summary>
    ${steps.map(({ at, legacy, v2 }) => html`<div>${at} ${legacy ?? '–'} | ${v2 ?? '–'}</div>`)}
  </details>`;

const SHOWN = 50;
const latest = <T>(rows: readonly T[]): readonly T[] => rows.slice(-SHOWN).reverse();

/** The page at `/_/`: what is in the emulator, and the knobs. */
export function lookInside(control: Control): HttpReply {
  const { clock, throttle, notifications } = control;
  const orders = [...control.orders(SHOWN)].reverse();
  return page(
    'A look inside',
    html`<p>It is <b>${clock.now().toISOString()}</b> in here.</p>
      <form method="post" action="/_/clock">
        Move the clock by <input name="days" inputmode="numeric" aria-label="days" size="4" placeholder="days" />
        <input name="hours" inputmode="numeric" aria-label="hours" size="4" placeholder="hours" />
        <input name="seconds" inputmode="numeric" aria-label="seconds" size="6" placeholder="seconds" />
        <button>Move</button>
      </form>
      <form method="post" action="/_/throttling">
        Quotas are <b>${throttle.isOn ? 'on' : 'off'}</b>
        <button name="on" value="${String(!throttle.isOn)}">Turn ${throttle.isOn ? 'off' : 'on'}</button>
        Throttle the next <input name="refuseNext" inputmode="numeric" aria-label="how many to throttle" size="4" />
        <button name="_" value="">requests</button>
      </form>
      <form method="post" action="/_/notifications">
        Notifications: send the next
        <input name="duplicate" inputmode="numeric" aria-label="how many twice" size="3" /> twice, lose the next
        <input name="lose" inputmode="numeric" aria-label="how many to lose" size="3" />,
        ${notifications.faults.hold ? 'held' : 'not held'} <button>Set</button>
        <button name="hold" value="true">Hold</button>
        <button name="release" value="forward">Release</button>
        <button name="release" value="reverse">Release in reverse</button>
      </form>
      <form method="post" action="/_/notifications">
        Send them to
        <input
          name="url"
          type="url"
          aria-label="URL of your handler"
          placeholder="${notifications.options.url?.href ?? 'http://localhost:3000/ipn'}"
        />
        in the format
        <select name="format" aria-label="format">
          ${['matching', 'v1', 'v2', 'both'].map((format) =>
            format === notifications.options.format
              ? html`<option selected>${format}</option>`
              : html`<option>${format}</option>`,
          )}
        </select>
        <button>Set</button>
      </form>
      <form method="post" action="/_/faults">
        Break the connection instead of the next
        <input name="dropAnswers" size="3" inputmode="numeric" aria-label="how many answers to break" /> answers, hold
        the next
        <input name="holdAnswers" size="3" inputmode="numeric" aria-label="how many answers to hold" />
        <button>Set answers</button>
      </form>
      <h2>Orders</h2>
      ${table(
        ['Order', 'Made by', 'Legacy', 'v2', 'Total', 'Balance', 'Charges'],
        orders.map((order) => [
          html`<a href="/_/orders/${order.id}"><code>${order.id}</code></a> ${history(order.history)}`,
          order.madeBy,
          order.legacy,
          order.v2,
          order.total,
          order.balance,
          order.charges.map(
            (charge) =>
              html`<div>
                <code>${charge.id}</code> ${charge.amount}: ${charge.legacyAuthorization} | ${charge.v2}, captured
                ${charge.captured ?? 'nothing'}, refunded ${charge.refunded ?? 'nothing'} ${history(charge.history)}
              </div>`,
          ),
        ]),
      )}
      <h2>Checkout sessions</h2>
      ${table(
        ['Session', 'State', 'Order', 'Charge'],
        latest(control.sessions(SHOWN)).map(({ id, state, orderId, chargeId }) => [
          state === 'Open'
            ? html`<a href="/checkout/sign-in?amazonCheckoutSessionId=${id}"><code>${id}</code></a>`
            : html`<code>${id}</code>`,
          state,
          orderId,
          chargeId,
        ]),
      )}
      <h2>Requests</h2>
      ${table(
        ['At', 'API', 'Request', 'Answer'],
        latest(control.requests()).map((one) => [
          one.at,
          one.api,
          html`<details>
            <summary>${one.method} ${one.path} ${one.action}</summary>
            <code>${one.body}</code>
          </details>`,
          html`<details>
            <summary>${one.status}</summary>
            <code>${one.answer}</code>
          </details>`,
        ]),
      )}
      <h2>Notifications</h2>
      ${table(
        ['At', 'Version', 'About', 'State', 'Attempts'],
        latest(notifications.list()).map((row) => [
          new Date(row.createdAt).toISOString(),
          row.version,
          html`<details>
            <summary>${row.about} ${row.objectId}</summary>
            <code>${row.message}</code>
          </details>`,
          row.state,
          row.attempts.map(({ status }) => status ?? 'no answer').join(', '),
        ]),
      )}
      <p class="note">
        The same as JSON: <a href="/_/orders">/_/orders</a>, <a href="/_/sessions">/_/sessions</a>,
        <a href="/_/requests">/_/requests</a>, <a href="/_/notifications">/_/notifications</a>,
        <a href="/_/clock">/_/clock</a>
      </p>`,
    true,
  );
}

const table = (names: readonly string[], rows: readonly (readonly unknown[])[]): Html =>
  rows.length === 0
    ? html`<p class="note">None yet.</p>`
    : html`<div class="table" tabindex="0" role="region" aria-label="${names[0]}">
        <table>
          <tr>
            ${names.map((name) => html`<th>${name}</th>`)}
          </tr>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </table>
      </div>`;
