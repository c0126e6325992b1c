import { z } from 'zod';

const TOPIC = /^arn:aws(?:-[a-z]+)*:sns:[a-z0-9-]{3,32}:\d{12}:[\w-]{1,256}$/;

/** As it stands in a request: any other would never be asked for, and every message be turned away. */
const isPath = (path: string): boolean =>
  path.startsWith('/') && !path.startsWith('//') && new URL(path, 'http://localhost').pathname === path;

/** The public port. */
export const receiveSettings = z.strictObject({
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe("The address to listen on; behind a load balancer or a TLS proxy that of this machine's network."),
  port: z.number().int().min(0).max(65_535).default(8080).describe('0: the system chooses one.'),
  path: z
    .string()
    .refine(isPath, 'is no path: /ipn, say, without ? and #')
    .default('/ipn')
    .describe('The path of the URL that is entered in Seller Central.'),
  topics: z
    .array(z.string().regex(TOPIC, 'is no ARN of an SNS topic'))
    .min(1, 'needs at least one topic')
    .describe(
      'ARNs of the topics that are believed, as `TopicArn` says in genuine messages. Anyone can have SNS sign messages of a topic of their own. Messages of other topics are kept aside until the topic stands here.',
    ),
  maxAgeDays: z
    .number()
    .min(1)
    .max(90)
    .default(15)
    .describe('Amazon repeats legacy messages for 14 days, and their timestamp is that of the first time.'),
  allowUnsignedPokes: z
    .boolean()
    .default(false)
    .describe(
      'Whether a v2 message without envelope, which nobody signed, makes a GET for its object. It is forwarded to nobody.',
    ),
  maxPending: z
    .number()
    .int()
    .min(1)
    .default(20_000)
    .describe(
      'Messages that wait until their signature can be checked; further ones are answered 503, and come again.',
    ),
  maxAside: z
    .number()
    .int()
    .min(1)
    .default(2_000)
    .describe(
      'Messages that are kept aside unverified (unknown form), and as many again that SNS has signed for an unknown topic; further ones are answered 503.',
    ),
  maxUnverifiedBytes: z
    .number()
    .int()
    .min(1)
    .default(128 * 1024 * 1024)
    .describe('Bytes of those that wait or are of an unknown form together, and as many again of unknown topics.'),
  maxConnections: z
    .number()
    .int()
    .min(1)
    .default(1_000)
    .describe('Connections at a time. Beyond, the one that has been sending its request for the longest is cut.'),
  requestTimeoutSeconds: z
    .number()
    .min(1)
    .max(60)
    .default(10)
    .describe('Seconds for the whole request. SNS sends within milliseconds.'),
  commitTimeoutSeconds: z
    .number()
    .min(1)
    .max(14)
    .default(10)
    .describe('Seconds for a commit, after which the answer is 503. SNS waits 15 seconds for it.'),
});

export type ReceiveSettings = z.infer<typeof receiveSettings>;
