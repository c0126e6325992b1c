import type { RuleExamples } from '../rule-example';
import { besideOrders } from './beside';

export const readsExamples: RuleExamples = {
  'ipn/payload-read': {
    file: 'worker.js',
    before: `const { XMLParser } = require('fast-xml-parser');
const orders = require('./orders');

// Called by the queue, with the inner message of a notification.
exports.work = (message) => {
  if (message.NotificationType !== 'PaymentCapture') return;
  const { CaptureDetails } = new XMLParser().parse(message.NotificationData).CaptureNotification;
  orders.setCapture(CaptureDetails.AmazonCaptureId, CaptureDetails.CaptureStatus.State);
};
`,
    writtenBy: 'hand',
    after: `const { toLegacyStatus, translate } = require('amazon-pay-migrate/ipn');
const client = require('./amazon-pay');
const orders = require('./orders');

// Called by the queue, with the inner message of a notification, of either version.
exports.work = async (message) => {
  const { notification, fetch, error } = translate(message);
  if (error) throw new Error(error.message);
  if (fetch === null || notification.ObjectType !== 'CHARGE') return;
  const { data: charge } = await client[fetch.sdkMethod](fetch.argument);
  // In the words of legacy, which the orders know: Completed, Declined, Pending.
  const { capture } = toLegacyStatus('CHARGE', charge);
  if (capture !== null) await orders.setCapture(charge.chargeId, capture.State);
};
`,
    byHand:
      'Whoever calls the worker has to wait for it now, and keep the message when it fails: the queue, and not Amazon, brings it again.',
  },
  'ipn/absent-field': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      const capture = message.NotificationData;
      await orders.setCapture(capture.AmazonCaptureId, capture.CaptureStatus.State, capture.CaptureFee.Amount);
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'hand',
    after: `const { fetchSignedNotification } = require('./amazon-pay-v2');
const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = async (req, res) => {
  try {
    const message = await fetchSignedNotification(client, req.body);
    if (message.NotificationType === 'PaymentCapture') {
      const capture = message.NotificationData;
      // The fee comes with the settlement report.
      await orders.setCapture(capture.AmazonCaptureId, capture.CaptureStatus.State);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
  'ipn/release-environment': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.ReleaseEnvironment === 'Live' && message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

exports.handler = (req, res) => {
  toCallback(fetchSignedNotification(client, req.body), async (err, message) => {
    if (err) return res.sendStatus(500);
    // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for REFUND, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
    if (message.ReleaseEnvironment === 'Live' && message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
};
`,
  },
};
