import { elements, operations } from '../../src/catalog';

/** `CaptureResponse` or `CaptureResult`: what stands around an answer of MWS. */
export const isEnvelope = (name: string): boolean => {
  const operation = /^([A-Za-z]+)(?:Response|Result)$/.exec(name)?.[1];
  return operation !== undefined && operations[operation] !== undefined;
};

/** Follows names of an MWS answer through the elements of the catalog to the v2 path; null where there is none. */
export function v2PathOf(names: readonly string[]): string | null {
  const details = names.find((name) => elements[name] !== undefined && !isEnvelope(name));
  if (details === undefined) return null;
  let element = elements[details];
  const path: string[] = [element?.v2Object ?? 'object'];
  for (const name of names.slice(names.indexOf(details) + 1)) {
    const field = element?.fields[name];
    if (field === undefined || field.to === null) return null;
    if (field.to !== '') path.push(field.to);
    element = field.element === undefined ? undefined : elements[field.element];
  }
  return path.join('.');
}

/** An element that holds a state. */
export const STATUS = /^(?:Authorization|Capture|Refund|OrderReference|BillingAgreement)Status$/;

/** The v2 path of a state or a reason. A Charge Permission has a list of reasons; every other object has one reason code. */
export function v2StatusOf(name: string): string | null {
  if (/\.State$/.test(name)) return 'statusDetails.state';
  if (!/\.ReasonCode$/.test(name)) return null;
  return /^(?:OrderReference|BillingAgreement)/.test(name) ? 'statusDetails.reasons' : 'statusDetails.reasonCode';
}
