import { CliError } from './cli-error';

/** Samples are for handlers; Amazon's own hosts must never see a forged message. */
const AMAZON =
  /(?:^|\.)(?:amazon|amazonaws|amazonpay|payments-amazon|media-amazon|ssl-images-amazon|amazonservices)\.[a-z.]+$/;

/** The address to send to, or a CliError that says what is wrong with it. */
export function readTarget(text: string): URL {
  const refuse = (problem: string): never => {
    throw new CliError('USAGE', problem, 'Such as http://localhost:3000/ipn. See: amazon-pay-migrate ipn send --help');
  };
  const url = URL.canParse(text) ? new URL(text) : refuse(`${text} is no URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') refuse(`${url.protocol} is neither http: nor https:.`);
  if (url.username !== '' || url.password !== '') refuse('The URL holds a user or a password.');
  const host = url.hostname.toLowerCase().replace(/\.+$/, '');
  if (AMAZON.test(host)) refuse(`${host} is a host of Amazon; nothing is sent there.`);
  return url;
}
