import { contestDispute, openDispute, updateDispute } from '../ledger/disputes';
import { readMoney } from '../ledger/money';
import { DAY, find } from '../ledger/posting';
import type { Dispute } from '../ledger/rows';
import type { DisputeStatus } from '../ledger/statuses';
import type { Call, Operation } from './operation';
import { contestDisputeBody, createDisputeBody, parseBody, updateDisputeBody, uploadFileBody } from './schemas';
import { basicTime, viewDispute } from './views';

const findDispute = ({ posting, environment, id }: Call): Dispute =>
  find(posting, 'disputes', id, environment, 'DisputeNotFound');

/** 200, not 201 (facts: captures.md section 2.1). */
export const createDisputeOperation: Operation = ({ posting, environment, body }) => {
  const given = parseBody(createDisputeBody, body);
  const charge = find(posting, 'charges', given.chargeId, environment, 'CaptureNotFound');
  const { disputeAmount: price } = given;
  const dispute = openDispute(posting, charge, {
    amount: price == null ? null : readMoney(price.amount, price.currencyCode, 'disputeAmount'),
    filingReason: given.filingReason,
    deadline: given.merchantResponseDeadline,
    providerDisputeId: given.providerMetadata?.providerDisputeId ?? null,
    status: given.statusDetails?.state === 'UnderReview' ? 'underReview' : 'actionRequired',
  });
  return { status: 200, body: viewDispute(dispute) };
};

export const getDisputeOperation: Operation = (call) => ({ status: 200, body: viewDispute(findDispute(call)) });

const states = {
  UnderReview: 'underReview',
  ActionRequired: 'actionRequired',
  Resolved: 'resolved',
  Closed: 'closed',
} as const satisfies Record<string, DisputeStatus>;

export const updateDisputeOperation: Operation = (call) => {
  const { statusDetails } = parseBody(updateDisputeBody, call.body);
  const dispute = updateDispute(call.posting, findDispute(call), {
    status: states[statusDetails.state],
    reason: statusDetails.reasonCode ?? null,
    statusText: statusDetails.reasonDescription ?? null,
    resolution: statusDetails.resolution ?? null,
  });
  return { status: 200, body: viewDispute(dispute) };
};

export const contestDisputeOperation: Operation = (call) => {
  const { merchantEvidences } = parseBody(contestDisputeBody, call.body);
  return { status: 200, body: viewDispute(contestDispute(call.posting, findDispute(call), merchantEvidences)) };
};

/** The file itself goes to the url of the answer (facts: captures.md section 2.1 has the keys; the rest is our choice). */
export const uploadFileOperation: Operation = ({ posting, environment, origin, body }) => {
  const { type, purpose } = parseBody(uploadFileBody, body);
  const { store, ids, now } = posting;
  const file = store.put('files', { id: ids.uuid(), environment, type, purpose, size: 0, uploadedAt: now });
  return {
    status: 200,
    body: {
      id: file.id,
      type,
      purpose,
      url: `${origin}/files/${file.id}`,
      size: file.size,
      uploadTimestamp: basicTime(now),
      urlExpirationTimestamp: basicTime(now + DAY),
    },
  };
};
