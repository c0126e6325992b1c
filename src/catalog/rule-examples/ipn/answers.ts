import type { RuleExamples } from '../rule-example';
import { besideOrders } from './beside';

export const answersExamples: RuleExamples = {
  'ipn/answer': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    try {
      if (err) throw err;
      if (message.NotificationType === 'PaymentCapture') {
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
      }
      res.sendStatus(200);
    } catch (error) {
      res.sendStatus(400);
    }
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

exports.handler = (req, res) => {
  toCallback(fetchSignedNotification(client, req.body), async (err, message) => {
    try {
      if (err) throw err;
      // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for REFUND, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
      if (message.NotificationType === 'PaymentCapture') {
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
      }
      res.sendStatus(200);
    } catch (error) {
      res.sendStatus(503);
    }
  });
};
`,
  },
  'ipn/early-answer': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  res.sendStatus(200);
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return;
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
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
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
  'ipn/sum': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      const { AmazonCaptureId: id, CaptureAmount, CaptureStatus } = message.NotificationData;
      const order = await orders.findByCapture(id);
      if (CaptureStatus.State === 'Completed') order.paid += Number(CaptureAmount.Amount);
      await order.save();
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
      const { AmazonCaptureId: id, CaptureAmount, CaptureStatus } = message.NotificationData;
      const order = await orders.findByCapture(id);
      // One row for each capture: a notification that comes twice writes the same row again.
      if (CaptureStatus.State === 'Completed') await order.setCaptured(id, CaptureAmount.Amount);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
};
