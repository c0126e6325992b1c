import { snsHost } from './check-origin';
import type { SnsEnvelope } from './read-envelope';
import { refuseMessage } from './sns-error';

/**
 * The address that confirms a subscription, made from the topic and the token. `SubscribeURL` itself is never visited: an
 * address in a message is an order by its sender. For an UnsubscribeConfirmation it is the address that takes it back.
 */
export function confirmationUrl({ Type, TopicArn, Token }: SnsEnvelope): string {
  if (Type === 'Notification' || Token === undefined)
    refuseMessage('confirmation', 'Type', `A ${Type} has nothing to confirm.`);
  return `https://${snsHost(TopicArn)}/?${new URLSearchParams({ Action: 'ConfirmSubscription', TopicArn, Token }).toString()}`;
}
