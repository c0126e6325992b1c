import { elements } from './elements';

/** Elements that stand in the data of a legacy notification. */
const NOTIFIED = [
  'AuthorizationDetails',
  'CaptureDetails',
  'RefundDetails',
  'OrderReferenceDetails',
  'BillingAgreementDetails',
  'BillingAgreementLimits',
];

/** What only notifications have, or what they have although API answers keep it (facts: ipn.md section 2). */
const OWN: Readonly<Record<string, string | null>> = {
  AmazonCaptureReferenceId: 'v2 names the charge of a dispute, not your reference of the capture.',
  ChargebackState: 'a dispute has other states: UnderReview, ActionRequired, Resolved, Closed.',
  ChargebackReason: 'a dispute has a filingReason with other words.',
  EventType: 'v2 does not say what changed; it says STATE_CHANGE or ATTRIBUTE_CHANGE.',
  MarketplaceID: 'v2 notifications do not name a marketplace.',
  // The helper fills them in from the fetched object.
  IdList: null,
  ReasonCode: null,
};

const fromElements = NOTIFIED.flatMap((name) =>
  Object.entries(elements[name]?.fields ?? {}).flatMap(([field, { to, because }]): [string, string][] =>
    to === null ? [[field, because ?? 'v2 does not return it.']] : [],
  ),
);

/** Fields of a notification that no GET brings back, and why; everything else is rebuilt from the fetched object. */
export const absentNotificationFields: Readonly<Record<string, string>> = Object.fromEntries(
  [...fromElements, ...Object.entries(OWN)].flatMap(([field, because]): [string, string][] =>
    because === null || OWN[field] === null ? [] : [[field, because]],
  ),
);
