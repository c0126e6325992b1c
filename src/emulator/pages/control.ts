import { z } from 'zod';
import type { HttpReply, HttpRequest, Part } from '../handle-http';
import { LedgerError } from '../ledger/ledger-error';
import type { OutgoingNotification } from '../ledger/rows';
import type { Emulator } from '../start-emulator';
import { json, redirect } from './html';
import { lookInside } from './look-inside';

/** What the look inside may see and turn. */
export type Control = Omit<Emulator, 'close'>;

const number = z.coerce.number().min(0).max(1_000_000);
const clockBody = z.strictObject({
  days: number.optional(),
  hours: number.optional(),
  minutes: number.optional(),
  seconds: number.optional(),
  to: z.iso.datetime().optional(),
});
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
const throttlingBody = z.strictObject({ on: flag.optional(), refuseNext: number.optional() });
const notificationsBody = z.strictObject({
  duplicate: number.optional(),
  lose: number.optional(),
  hold: flag.optional(),
  release: z.enum(['forward', 'reverse']).optional(),
  format: z.enum(['matching', 'v1', 'v2', 'both']).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
});
const faultsBody = z.strictObject({ dropAnswers: number.optional(), holdAnswers: number.optional() });
const text = z.string().max(200);
const peopleBody = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('startOrderReference'),
    card: text.optional(),
    environment: z.enum(['live', 'sandbox']).optional(),
  }),
  z.strictObject({
    do: z.literal('startBillingAgreement'),
    card: text.optional(),
    environment: z.enum(['live', 'sandbox']).optional(),
  }),
  z.strictObject({ do: z.literal('signIn'), id: text, card: text.optional() }),
  z.strictObject({ do: z.literal('pay'), id: text }),
  z.strictObject({ do: z.literal('cancel'), id: text }),
  z.strictObject({ do: z.literal('decline'), id: text }),
  z.strictObject({ do: z.literal('changePaymentMethod'), id: text, card: text.optional() }),
  z.strictObject({ do: z.literal('changeAddress'), id: text, address: z.coerce.number().int().min(0) }),
  z.strictObject({ do: z.literal('closeAgreement'), id: text }),
  z.strictObject({ do: z.literal('closeByAmazon'), id: text }),
  z.strictObject({ do: z.literal('cancelByAmazon'), id: text }),
  z.strictObject({ do: z.literal('chargeBack'), id: text }),
  z.strictObject({ do: z.literal('signInToShop') }),
  z.strictObject({
    do: z.literal('planNextAuthorization'),
    id: text,
    outcome: z.enum(['declineSoft', 'declineHard', 'reject', 'timeOut']),
  }),
]);

async function moveClock(control: Control, values: unknown): Promise<unknown> {
  const { to, ...duration } = clockBody.parse(values);
  if (to !== undefined) await control.clock.moveTo(new Date(to));
  else await control.clock.advance(present(duration));
  return { now: control.clock.now().toISOString() };
}

/** Without the keys that are undefined. */
const present = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;

function turnThrottling({ throttle }: Control, values: unknown): unknown {
  const { on, refuseNext } = throttlingBody.parse(values);
  if (on !== undefined) throttle.isOn = on;
  if (refuseNext !== undefined) throttle.refuseNext = refuseNext;
  return { on: throttle.isOn, refuseNext: throttle.refuseNext };
}

function turnNotifications({ notifications }: Control, values: unknown): unknown {
  const { format, url, release, ...faults } = notificationsBody.parse(values);
  Object.assign(notifications.faults, present(faults));
  if (format !== undefined) notifications.options.format = format;
  if (url !== undefined) notifications.options.url = new URL(url);
  if (release !== undefined) notifications.release(release);
  return { ...notifications.faults, format: notifications.options.format, url: notifications.options.url };
}

function ask({ people }: Control, values: unknown): unknown {
  const asked = peopleBody.parse(values);
  if (asked.do === 'planNextAuthorization') {
    people.planNextAuthorization(asked.id, asked.outcome);
    return { id: asked.id };
  }
  if (asked.do === 'changeAddress') {
    people.changeAddress(asked.id, asked.address);
    return { id: asked.id };
  }
  const { do: what, ...rest } = asked;
  const { id = '', ...choice } = rest as { id?: string; card?: string };
  switch (what) {
    case 'startOrderReference':
      return { id: people.startOrderReference(choice) };
    case 'startBillingAgreement':
      return { id: people.startBillingAgreement(choice) };
    case 'signIn':
      people.signIn(id, choice);
      return { id };
    case 'changePaymentMethod':
      people.changePaymentMethod(id, choice.card);
      return { id };
    case 'chargeBack':
      return { id: people.chargeBack(id) };
    case 'signInToShop':
      return { token: people.signInToShop() };
    default:
      people[what](id);
      return { id };
  }
}

function turnFaults({ faults }: Control, values: unknown): unknown {
  return Object.assign(faults, present(faultsBody.parse(values)));
}

const showNotification = (row: OutgoingNotification): unknown => ({
  ...row,
  createdAt: new Date(row.createdAt).toISOString(),
  message: JSON.parse(row.message) as unknown,
  attempts: row.attempts.map(({ at, status }) => ({ at: new Date(at).toISOString(), status })),
});

const reads: Readonly<Record<string, (control: Control) => unknown>> = {
  '/_/orders': (control) => control.orders(),
  '/_/sessions': (control) => control.sessions(),
  '/_/requests': (control) => control.requests(),
  '/_/notifications': ({ notifications }) => notifications.list().map(showNotification),
  '/_/clock': ({ clock }) => ({ now: clock.now().toISOString() }),
};
const writes: Readonly<Record<string, (control: Control, values: unknown) => unknown>> = {
  '/_/clock': moveClock,
  '/_/throttling': turnThrottling,
  '/_/faults': turnFaults,
  '/_/notifications': turnNotifications,
  '/_/people': ask,
};

const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** The page at `/_/`, and the same as JSON. */
export function createControlPart(control: Control): Part {
  return async (request) => {
    if (!request.path.startsWith('/_')) return null;
    // A name that somebody points to this machine is none of its own.
    if (!OWN_HOST.test(request.headers.host ?? '')) return json({ message: 'Ask for this by 127.0.0.1.' }, 403);
    if (request.method === 'GET') return read(control, request.path);
    const write = request.method === 'POST' ? writes[request.path] : undefined;
    if (write === undefined) return json({ message: `There is no ${request.method} ${request.path}.` }, 404);
    // A page of someone else shall not turn the knobs of who happens to visit it.
    const { origin, host } = request.headers;
    if (origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host))
      return json({ message: 'Only pages of the emulator itself may do that.' }, 403);
    return change(control, request, write);
  };
}

function read(control: Control, path: string): HttpReply {
  if (path === '/_/' || path === '/_') return lookInside(control);
  const show = reads[path];
  if (show !== undefined) return json(show(control));
  const order = control.order(/^\/_\/orders\/([^/]+)$/.exec(path)?.[1] ?? '');
  return order === null ? json({ message: `There is nothing at ${path}.` }, 404) : json(order);
}

async function change(
  control: Control,
  { headers, body }: HttpRequest,
  write: (control: Control, values: unknown) => unknown,
): Promise<HttpReply> {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  try {
    const content = body.toString('utf8');
    const given = [...new URLSearchParams(content)].filter(([, value]) => value !== '');
    const result = await write(control, isForm ? Object.fromEntries(given) : JSON.parse(content || '{}'));
    return isForm ? redirect('/_/') : json(result);
  } catch (error) {
    if (error instanceof z.ZodError) return json({ message: z.prettifyError(error) }, 400);
    if (error instanceof LedgerError) return json({ message: error.message, code: error.code }, 409);
    if (error instanceof SyntaxError) return json({ message: 'The body is not JSON.' }, 400);
    throw error;
  }
}
