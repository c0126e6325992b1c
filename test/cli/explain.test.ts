import { operations } from '../../src/catalog/operations';
import { rules } from '../../src/catalog/rules';
import { explainOperation } from '../../src/cli/explain/explain-operation';
import { createColours } from '../../src/report/colours';
import { runCli } from './run-cli';

describe('explain', () => {
  it('lists every rule and every operation', () => {
    const { code, stdout } = runCli(['explain']);
    expect(code).toBe(0);
    for (const name of [
      ...Object.values(rules).map(({ id }) => id),
      ...Object.values(operations).map((row) => row.name),
    ]) {
      expect(stdout).toContain(`   ${name} `);
    }
  });

  it('explains a rule', () => {
    const { code, stdout } = runCli(['explain', 'ipn/answer']);
    expect(code).toBe(0);
    for (const text of [rules['ipn/answer']?.title, rules['ipn/answer']?.guidance]) expect(stdout).toContain(text);
  });

  it('explains an operation field by field, however it is spelled', () => {
    const { code, stdout } = runCli(['explain', 'capture']);
    expect(code).toBe(0);
    expect(stdout).toContain('POST /v2/charges/{chargeId}/capture');
    expect(stdout).toMatch(/AmazonAuthorizationId +→ path\.chargeId \(authorization id to Charge id\)/);
    expect(stdout).toMatch(/SellerCaptureNote +no counterpart/);
  });

  it.each([
    ['Closed', /authorization state: statusDetails\.state Captured or CaptureInitiated or Canceled/],
    ['RequestThrottled', /error: reasonCode TooManyRequests/],
    ['captureCharge', /^Capture \(legacy, post-checkout\)/],
  ])('explains the word %s', (word, expected) => {
    const { code, stdout } = runCli(['explain', word]);
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });

  it('never lets a fact that is not confirmed read like one', () => {
    const capture = Object.values(operations).find(({ name }) => name === 'Capture');
    if (capture === undefined) throw new Error('the catalog lost Capture');
    const request = { Guess: { to: 'body.guess', confidence: 'unconfirmed' } } as const;
    expect(explainOperation({ ...capture, request }, { colours: createColours(false), width: undefined })).toMatch(
      /Guess +→ body\.guess \(unconfirmed: check with Amazon\)/,
    );
  });
});
