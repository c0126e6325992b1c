import { besideClient, type RuleExamples } from '../rule-example';

export const othersExamples: RuleExamples = {
  'node-client/login': {
    file: 'login.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.signIn = (req, res, next) => {
  client.api.getProfile(req.query.access_token, (err, profile) => {
    if (err) return next(err);
    req.session.buyer = { id: profile.user_id, name: profile.name, email: profile.email };
    res.redirect('/account');
  });
};
`,
    writtenBy: 'hand',
    after: `const client = require('./amazon-pay');

// The signInReturnUrl of a button with product type SignIn.
exports.signIn = async (req, res, next) => {
  try {
    const { data: buyer } = await client.getBuyer(req.query.buyerToken);
    req.session.buyer = { id: buyer.buyerId, name: buyer.name, email: buyer.email };
    res.redirect('/account');
  } catch (err) {
    next(err);
  }
};
`,
    byHand:
      'buyerId has the form of the user_id of Login with Amazon. That both are equal for one merchant is likely, not confirmed: check it with an account of your own before you match old customers by it.',
  },
  'node-client/reports': {
    file: 'settlement.js',
    beside: besideClient,
    before: `const client = require('./amazon-pay');

exports.settlement = (reportId, done) => {
  client.reports.getReport({ ReportId: reportId }, (err, report) => done(err, report && report.Response));
};
`,
    writtenBy: 'hand',
    after: `const client = require('./amazon-pay');

exports.settlement = async (reportId) => {
  const { data: report } = await client.getReportById(reportId);
  const { data: document } = await client.getReportDocument(report.reportDocumentId);
  // The link is valid for 30 seconds.
  const answer = await fetch(document.url);
  if (!answer.ok) throw new Error('The report could not be downloaded: ' + answer.status);
  return answer.text();
};
`,
    byHand:
      'List the reports with getReports: whether ids of MWS reports are ids of v2 is not confirmed. The types of reports keep their names, and what is in them stays: the import of the file need not change. One schedule per type of report; there is no acknowledging and no counting.',
  },
  'node-client/id-pattern': {
    file: 'order-model.js',
    beside: besideClient,
    before: `const { Schema, model } = require('mongoose');
require('./amazon-pay');

const order = new Schema({
  authorizationId: { type: String, match: /^[PS]\\d{2}-\\d{7}-\\d{7}-A\\d{6}$/ },
});

module.exports = model('Order', order);
`,
    writtenBy: 'hand',
    after: `const { Schema, model } = require('mongoose');
require('./amazon-pay');

const order = new Schema({
  // -A is an authorization of legacy, -C a charge of v2.
  authorizationId: { type: String, match: /^[PS]\\d{2}-\\d{7}-\\d{7}-[AC]\\d{6}$/ },
});

module.exports = model('Order', order);
`,
  },
};
