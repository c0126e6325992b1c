import { besideClient, type RuleExamples } from '../rule-example';
import { besideOrders } from './beside';

export const objectsExamples: RuleExamples = {
  'ipn/unhandled-object': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    switch (message.NotificationType) {
      case 'PaymentCapture':
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
        break;
      default:
        break;
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
    switch (message.NotificationType) {
      case 'PaymentCapture':
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
        break;
      default:
        break;
    }
    res.sendStatus(200);
  });
};
`,
    byHand:
      'Write a branch for each kind that the TODO names, in the words of legacy: PaymentRefund (REFUND), BillingAgreementNotification and OrderReferenceNotification (CHARGE_PERMISSION), Chargeback Detailed Notification (CHARGEBACK). Then delete the comment.',
  },
  'ipn/charge-permission': {
    file: 'ipn.js',
    beside: {
      ...besideClient,
      'renew.js': `const client = require('./amazon-pay');

exports.renew = (subscription, done) => {
  client.offAmazonPayments.authorizeOnBillingAgreement(
    {
      AmazonBillingAgreementId: subscription.agreementId,
      AuthorizationReferenceId: subscription.cycleId,
      AuthorizationAmount: { Amount: subscription.price, CurrencyCode: 'EUR' },
      CaptureNow: true,
    },
    (err) => done(err),
  );
};
`,
    },
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'hand',
    after: `const { fetchSignedNotification } = require('./amazon-pay-v2');
const client = require('./amazon-pay');
const orders = require('./orders');
const subscriptions = require('./subscriptions');

exports.handler = async (req, res) => {
  try {
    const message = await fetchSignedNotification(client, req.body);
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    if (message.NotificationType === 'BillingAgreementNotification') {
      const { AmazonBillingAgreementId: id, BillingAgreementStatus: status } = message.NotificationData;
      if (status.State === 'Closed') await subscriptions.stop(id);
      if (status.State === 'Suspended') await subscriptions.askForPaymentMethod(id);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
};
