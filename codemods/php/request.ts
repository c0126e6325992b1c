import { phpParameters, phpParametersThatStay } from '../../src/catalog/languages';
import type { Operation, RequestField } from '../../src/catalog/types';
import type { Argument } from './call-arguments';
import { Refusal } from './refusal';
import type { PhpStyle, Value } from './style';
import { literalOf, type PhpSource } from './tree';

/** A parameter that has no place in the v2 request. */
export interface DroppedParameter {
  readonly argument: Argument;
  readonly because: string;
}

export type Request =
  | {
      readonly isKnown: true;
      /** Arguments of the v2 method, in its order. */
      readonly values: readonly Value[];
      readonly dropped: readonly DroppedParameter[];
    }
  | { readonly isKnown: false; readonly because: string };

export interface RequestContext {
  readonly source: PhpSource;
  readonly style: PhpStyle;
  /** The legacy client as the call names it; undefined where naming it again would make another. */
  readonly client: string | undefined;
  /** Whether that is a client of v2, which knows no currency. */
  readonly isV2: boolean;
}

/** The body while it is made. */
interface Body {
  [name: string]: string | Body;
}

const SIMULATION = /SandboxSimulation/;
/** What belongs to the account of the key pair in v2, and needs no word. */
const SILENT = new Set(['merchant_id', 'currency_code']);

/** Maps the parameters of one legacy call, row by row of the catalog. */
export function mapRequest(operation: Operation, list: readonly Argument[], context: RequestContext): Request {
  try {
    return { isKnown: true, ...new Mapping(operation, list, context).map() };
  } catch (error) {
    if (error instanceof Refusal) return { isKnown: false, because: error.message };
    throw error;
  }
}

class Mapping {
  private readonly given = new Map<string, Argument>();
  private readonly body: Body = {};
  private path = '';
  private headers = '';
  private mayBeEmpty = false;
  private readonly dropped: DroppedParameter[] = [];

  constructor(
    private readonly operation: Operation,
    private readonly list: readonly Argument[],
    private readonly context: RequestContext,
  ) {}

  map(): { values: readonly Value[]; dropped: readonly DroppedParameter[] } {
    this.readParameters();
    for (const [name, field] of Object.entries(this.operation.request)) this.mapField(name, field);
    for (const [name, value] of Object.entries(this.operation.v2?.constants ?? {})) this.put(name, value);
    return { values: this.values(), dropped: this.dropped };
  }

  private readParameters(): void {
    for (const argument of this.list) {
      const stays = phpParametersThatStay[argument.key];
      if (stays !== undefined) throw new Refusal(`${argument.key}: ${stays}`);
      if (SILENT.has(argument.key)) continue;
      const name = phpParameters[argument.key];
      if (name === undefined || this.operation.request[name] === undefined) {
        // The legacy client left out what it did not know; v2 refuses a request with such a field.
        this.dropped.push({ argument, because: 'the legacy client did not send it, and v2 knows no such field.' });
      } else this.given.set(name, argument);
    }
  }

  private mapField(name: string, field: RequestField): void {
    const argument = this.given.get(name);
    if (argument !== undefined && SIMULATION.test(this.context.source.textOf(argument.value))) {
      throw new Refusal(
        'it simulates an answer of the sandbox, which v2 takes as the header x-amz-pay-simulation-code',
      );
    }
    if (field.to === null) {
      if (argument !== undefined) this.drop(argument, field);
      return;
    }
    const [part = '', ...rest] = field.to.split('.');
    const isNeeded = part === 'path' || field.via === 'price' || field.via === 'idempotencyKey' || /Id$/.test(field.to);
    if (isNeeded && !/merchantMetadata|platformId/.test(field.to)) {
      if (argument === undefined || argument.isOptional) throw new Refusal(`it may be called without ${name}`);
    }
    const value = argument === undefined ? field.whenAbsent : this.valueOf(argument, field);
    if (value === undefined) return;
    if (part === 'path') this.path = value;
    else if (part === 'header') this.headers = value;
    else this.put(rest.join('.'), value);
  }

  private drop(argument: Argument, { because = 'v2 has no such field.' }: RequestField): void {
    if (/(?:Consent|Access)Token$/.test(phpParameters[argument.key] ?? '')) {
      throw new Refusal('it reads an order that the buyer has not confirmed, which is a Checkout Session in v2');
    }
    this.dropped.push({ argument, because });
  }

  private valueOf(argument: Argument, field: RequestField): string | undefined {
    const { helper } = this.context.style;
    const { text, isOptional } = argument;
    const literal = literalOf(this.context.source, argument.value);
    switch (field.via) {
      case 'toChargeId':
        return `${helper}::chargeId(${text})`;
      case 'idempotencyKey':
        return `${helper}::idempotencyHeader('${this.operation.name}', ${text})`;
      case 'price':
        return `${helper}::price(${text}, ${this.currency()})`;
      case 'pendingAuthorization':
        return this.pendingAuthorization(argument);
      default:
    }
    if (field.onlyWith !== undefined && !this.isSentWith(argument)) return undefined;
    if (field.whenAbsent !== undefined) return this.reason(argument, field, literal);
    const isShort = literal !== undefined && literal.length <= (field.maxLength ?? Infinity);
    const isFixed = isShort || /^(?:true|false|\d+)$/i.test(text);
    const cut = field.via === 'text' && !isShort ? `${helper}::shorten(${text}, ${field.maxLength})` : text;
    if (/merchantMetadata|platformId|softDescriptor/.test(field.to ?? '') && !isFixed) this.mayBeEmpty = true;
    if (!isOptional) return field.onlyWith === undefined ? cut : this.whenCaptured(cut);
    this.mayBeEmpty = true;
    return `isset(${text}) ? ${cut} : null`;
  }

  /** A closure needs a reason in v2; legacy left an empty one out. */
  private reason({ text, isOptional }: Argument, field: RequestField, literal: string | undefined): string {
    if (literal !== undefined && literal !== '' && literal.length <= (field.maxLength ?? 0)) return text;
    const given = isOptional ? `isset(${text}) ? ${text} : null` : text;
    return `${this.context.style.helper}::reason(${given}, ${field.whenAbsent})`;
  }

  /** 0 is the synchronous authorization; without a number, or with an empty one, legacy took 1440 minutes. */
  private pendingAuthorization({ text, isOptional, value }: Argument): string {
    const literal = literalOf(this.context.source, value) ?? (/^\d+$/.test(text) ? text : undefined);
    if (literal !== undefined && !isOptional && /^\d+$/.test(literal)) return String(Number(literal) !== 0);
    const simple = /^[$\w>'"[\]-]+$/.test(text) ? text : `(${text})`;
    const test = `(string) ${simple} !== '0'`;
    return isOptional ? `!isset(${text}) || ${test}` : test;
  }

  private get capturesNow(): Argument | undefined {
    return this.given.get('CaptureNow');
  }

  /** v2 takes the soft descriptor only of a charge that is captured at once. */
  private isSentWith(argument: Argument): boolean {
    const now = this.capturesNow;
    if (now !== undefined && !/^false$/i.test(now.text)) return true;
    this.dropped.push({
      argument,
      because: 'v2 takes it only with captureNow; give it to the capture (captureCharge) instead.',
    });
    return false;
  }

  private whenCaptured(text: string): string {
    const now = this.capturesNow;
    if (now === undefined || /^true$/i.test(now.text)) return text;
    if (/[(+-]/.test(now.text)) throw new Refusal('capture_now would be computed twice');
    this.mayBeEmpty = true;
    return now.isOptional ? `!empty(${now.text}) ? ${text} : null` : `(${now.text}) ? ${text} : null`;
  }

  private currency(): string {
    const { client, isV2, style } = this.context;
    const read = client === undefined ? '' : `${client}->currency_code`;
    const given = this.list.find(({ key, text }) => key === 'currency_code' && text !== read);
    if (given !== undefined && !given.isOptional) return given.text;
    if (client === undefined) throw new Refusal('its currency is that of a client made in place');
    const configured = isV2 ? `${style.helper}::currency(${client})` : read;
    return given === undefined ? configured : `isset(${given.text}) ? ${given.text} : ${configured}`;
  }

  private put(path: string, value: string): void {
    const names = path.split('.');
    const last = names.pop() ?? path;
    let target = this.body;
    for (const name of names) target = (target[name] ??= {}) as Body;
    target[last] = value;
  }

  private values(): Value[] {
    const array = toArray(this.body);
    const filter = `${this.context.style.helper}::withoutEmpty`;
    const body: Value = this.mayBeEmpty ? { kind: 'call', name: filter, value: array } : array;
    return (this.operation.v2?.arguments ?? []).flatMap((kind): Value[] => {
      if (kind === 'path') return [this.path];
      if (kind === 'headers') return this.headers === '' ? [] : [this.headers];
      return [body];
    });
  }
}

function toArray(body: Body): Value {
  const members = Object.entries(body).map(([name, value]): [string, Value] => [
    name,
    typeof value === 'string' ? value : toArray(value),
  ]);
  return { kind: 'array', members: Object.fromEntries(members) };
}
